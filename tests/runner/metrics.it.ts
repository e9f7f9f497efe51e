import { afterEach, beforeEach, expect, it } from 'vitest';
import { startRunner, type Runner } from '../../runner/src/start-runner.ts';
import { goLive } from './go-live.ts';
import { SignallingClient } from './signalling-client.ts';

let runner: Runner;

beforeEach(async () => {
  runner = await startRunner({ port: 0, logLevel: 'silent', pingIntervalMs: 100 });
});
afterEach(() => runner.close());

/** The value of each series, by name and labels as they stand in the text. */
async function scrape(): Promise<Record<string, number>> {
  const response = await fetch(`${runner.httpUrl}/metrics`);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=/);
  const lines = (await response.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(
    lines.map((line) => line.split(' ')).map(([name, value]) => [name, Number(value)]),
  );
}

it('counts connections, slots and sessions as they come and go', async () => {
  expect(await scrape()).toMatchObject({
    linkspan_connections: 0,
    linkspan_slots: 1,
    linkspan_slots_free: 1,
    'linkspan_sessions{signalling="attached"}': 0,
    'linkspan_refusals_total{reason="no-free-slot"}': 0,
  });
  const client = await SignallingClient.connect(runner.url);
  expect(await scrape()).toMatchObject({
    linkspan_connections: 1,
    linkspan_slots_free: 0,
    'linkspan_sessions{signalling="attached"}': 1,
  });
  const refused = await SignallingClient.dial(runner.url);
  await refused.closed;
  await client.close();
  await expect.poll(scrape).toMatchObject({
    linkspan_connections: 0,
    linkspan_slots_free: 1,
    'linkspan_refusals_total{reason="no-free-slot"}': 1,
    'linkspan_sessions_ended_total{reason="left"}': 1,
    linkspan_session_duration_seconds_count: 1,
  });
});

it('tells round trips, frames, inference and the memory of processes', async () => {
  const client = await SignallingClient.connect(runner.url);
  await client.api('POST', '/api/v1/pipeline/load', { pipeline_id: 'thermal' });
  await goLive(client);
  await client.hear('frames', ({ inference_ms: ms }) => typeof ms === 'number');
  const shown = await scrape();
  for (const name of [
    'linkspan_frames_received_total{slot="0"}',
    'linkspan_frames_sent_total{slot="0"}',
    'linkspan_inferences_total{slot="0"}',
    'linkspan_inference_seconds_total{slot="0"}',
    'linkspan_round_trip_seconds_count',
    'process_resident_memory_bytes',
    'nodejs_eventloop_lag_p99_seconds',
  ]) {
    expect(shown[name], name).toBeGreaterThan(0);
  }
  // No process with libwebrtc and a model in it is smaller.
  expect(shown['linkspan_session_resident_memory_bytes{slot="0"}']).toBeGreaterThan(30 * 1024 * 1024);
  await client.close();
  await expect.poll(scrape).not.toHaveProperty(['linkspan_session_resident_memory_bytes{slot="0"}']);
  expect(await scrape()).toHaveProperty(['linkspan_frames_sent_total{slot="0"}']);
});

it('tells resumes from misses, and sees a takeover', async () => {
  const announce = (resume: string): Promise<SignallingClient> =>
    SignallingClient.connect(runner.url, { headers: { 'linkspan-resume': resume } });
  const first = await announce('new');
  const { resume_token: token } = await first.hear('ready');
  // The first socket is still open: it is closed in favour of the second.
  const second = await announce(token!);
  expect(await first.closed).toMatchObject({ code: 4001 });
  runner.dropSockets();
  await second.closed;
  await expect.poll(scrape).toMatchObject({
    linkspan_connections: 0,
    'linkspan_sessions{signalling="lingering"}': 1,
    'linkspan_resumes_total{outcome="hit"}': 1,
    linkspan_takeovers_total: 1,
  });
  const { resume_token: next } = await second.hear('ready');
  const third = await announce(next!);
  await third.close();
  await announce('A'.repeat(22));
  expect(await scrape()).toMatchObject({
    'linkspan_resumes_total{outcome="hit"}': 2,
    'linkspan_resumes_total{outcome="unknown"}': 1,
    linkspan_takeovers_total: 1,
  });
});

it('counts who comes without the token, and keeps the metrics from them', async () => {
  const guarded = await startRunner({ port: 0, logLevel: 'silent', token: 'a-token-of-the-tests' });
  expect((await fetch(`${guarded.httpUrl}/metrics`)).status).toBe(401);
  const headers = { authorization: 'Bearer a-token-of-the-tests' };
  const text = await (await fetch(`${guarded.httpUrl}/metrics`, { headers })).text();
  expect(text).toContain('linkspan_refusals_total{reason="unauthorised"} 1');
  await guarded.close();
});
