import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { RunnerMetrics, type RunnerCensus } from './runner-metrics.ts';

const census: RunnerCensus = { connections: 5, slots: 4, free: 1, attached: 2, lingering: 1, http: 0 };
const second = { in: 30, out: 29, dropped: 1, inferences: 20, inferenceMs: 8, rssBytes: 1000 };

interface Metric {
  name: string;
  type: string;
  labels: string;
  help: string;
  samples: string[];
}

/** All of the runner's own metrics, read from the text that it gives. */
async function scrape(metrics: RunnerMetrics): Promise<Metric[]> {
  const { text } = await metrics.text();
  return text.split('\n\n').flatMap((block) => {
    const [, name = '', help = ''] = /^# HELP (\S+) (.*)/.exec(block) ?? [];
    const [, type = ''] = /^# TYPE \S+ (\S+)/m.exec(block) ?? [];
    const samples = block.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    const labels = new Set([...block.matchAll(/[{,](\w+)="/g)].map(([, label]) => label!));
    labels.delete('le');
    return name.startsWith('linkspan_')
      ? [{ name, type, help, labels: [...labels].join(', '), samples }]
      : [];
  });
}

const samples = async (metrics: RunnerMetrics): Promise<string[]> =>
  (await scrape(metrics)).flatMap((metric) => metric.samples);

describe('what a scrape shows', () => {
  it('asks for the census anew each time', async () => {
    let connections = 5;
    const metrics = new RunnerMetrics(() => ({ ...census, connections }));
    expect(await samples(metrics)).toEqual(
      expect.arrayContaining([
        'linkspan_connections 5',
        'linkspan_slots 4',
        'linkspan_slots_free 1',
        'linkspan_sessions{signalling="attached"} 2',
        'linkspan_sessions{signalling="lingering"} 1',
        'linkspan_sessions{signalling="http"} 0',
      ]),
    );
    connections = 6;
    expect(await samples(metrics)).toContain('linkspan_connections 6');
  });

  it('has each reason from the start, so that the first event is a rise', async () => {
    const metrics = new RunnerMetrics(() => census);
    expect(await samples(metrics)).toContain('linkspan_evictions_total{reason="silent"} 0');
    metrics.evicted('silent');
    metrics.refused('no-free-slot');
    metrics.resume('hit');
    metrics.resume('used');
    metrics.takeover();
    expect(await samples(metrics)).toEqual(
      expect.arrayContaining([
        'linkspan_evictions_total{reason="silent"} 1',
        'linkspan_evictions_total{reason="buffer-full"} 0',
        'linkspan_refusals_total{reason="no-free-slot"} 1',
        'linkspan_refusals_total{reason="denied"} 0',
        'linkspan_resumes_total{outcome="hit"} 1',
        'linkspan_resumes_total{outcome="used"} 1',
        'linkspan_resumes_total{outcome="expired"} 0',
        'linkspan_takeovers_total 1',
      ]),
    );
  });

  it('sorts round trips and sessions by their length', async () => {
    const metrics = new RunnerMetrics(() => census);
    metrics.roundTrip(0.004);
    metrics.roundTrip(0.2);
    metrics.roundTrip(5);
    metrics.sessionEnded('left', 90);
    expect(await samples(metrics)).toEqual(
      expect.arrayContaining([
        'linkspan_round_trip_seconds_bucket{le="0.005"} 1',
        'linkspan_round_trip_seconds_bucket{le="0.25"} 2',
        'linkspan_round_trip_seconds_bucket{le="2"} 2',
        'linkspan_round_trip_seconds_count 3',
        'linkspan_sessions_ended_total{reason="left"} 1',
        'linkspan_session_duration_seconds_bucket{le="60"} 0',
        'linkspan_session_duration_seconds_bucket{le="300"} 1',
      ]),
    );
  });

  it('adds up frames by slot, and forgets the memory of a process that is gone', async () => {
    const metrics = new RunnerMetrics(() => census);
    metrics.frames(0, second);
    metrics.frames(1, { ...second, inferences: 0, inferenceMs: null });
    metrics.sessionGone(0);
    metrics.frames(1, { ...second, inferences: 10, inferenceMs: 4 });
    const shown = await samples(metrics);
    expect(shown).toEqual(
      expect.arrayContaining([
        'linkspan_frames_received_total{slot="0"} 30',
        'linkspan_frames_received_total{slot="1"} 60',
        'linkspan_frames_sent_total{slot="1"} 58',
        'linkspan_frames_dropped_total{slot="1"} 2',
        'linkspan_inferences_total{slot="0"} 20',
        'linkspan_inference_seconds_total{slot="0"} 0.16',
        'linkspan_inference_seconds_total{slot="1"} 0.04',
        'linkspan_session_resident_memory_bytes{slot="1"} 1000',
      ]),
    );
    expect(shown.join()).not.toContain('resident_memory_bytes{slot="0"}');
  });

  it('keeps two runners of one process apart', async () => {
    const one = new RunnerMetrics(() => census);
    const other = new RunnerMetrics(() => census);
    one.takeover();
    expect(await samples(other)).toContain('linkspan_takeovers_total 0');
  });

  it("has the process's memory and the event loop's lag, and nothing that walks every socket", async () => {
    const { text, contentType } = await new RunnerMetrics(() => census).text();
    expect(contentType).toMatch(/^text\/plain/);
    expect(text).toMatch(/^process_resident_memory_bytes \d+/m);
    expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds \d/m);
    expect(text).not.toMatch(/_open_fds|_active_(handles|resources)/);
  });
});

it('README.md lists every metric as the registry describes it, and no other', async () => {
  const metrics = new RunnerMetrics(() => census);
  metrics.frames(0, second);
  metrics.sessionEnded('left', 1);
  const registered = await scrape(metrics);
  const readme = readFileSync(path.join(import.meta.dirname, 'README.md'), 'utf8');
  const rows = readme.split('\n').filter((line) => line.startsWith('| `'));
  const documented = rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  expect(documented).toEqual(
    registered.map(({ name, type, labels, help }) => [`\`${name}\``, type, labels, help]),
  );
});

it('names metrics as Prometheus does', async () => {
  const metrics = new RunnerMetrics(() => census);
  for (const { name, type } of await scrape(metrics)) {
    expect(name.endsWith('_total')).toBe(type === 'counter');
    if (type === 'histogram') expect(name).toMatch(/_(seconds|bytes)$/);
  }
});
