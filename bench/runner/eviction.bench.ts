/*
 * How long the runner takes to let go: of a client that falls silent, of a slot whose client was lost, of media that
 * was hung up; and how fast a client that comes back has its session again. All with the default settings.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { SignallingClient } from '../../tests/runner/signalling-client.ts';
import { percentile, report, type BenchRow } from '../result.ts';
import { CountedPicture } from './counted-picture.ts';
import { goLive, makeMedia, resumable } from './live-client.ts';
import { ServerProcess } from './server-process.ts';

const silentClients = 8;
const pingMs = 5000;
const graceRuns = 3;
const atOnceRuns = 10;
const takeovers = 50;
const betweenTakeoversMs = 200;
const takeoverAimMs = 100;
const hangUps = 10;
const hangUpAimMs = 1000;
/** After a DELETE no frame is expected for this long. */
const afterHangUpMs = 1500;
const pollMs = 10;

async function withRunner<T>(
  args: readonly string[],
  use: (runner: ServerProcess) => Promise<T>,
): Promise<T> {
  const runner = await ServerProcess.runner(args);
  try {
    return await use(runner);
  } finally {
    await runner.end();
  }
}

/** From the moment at which a client answers nothing any more to the end of its socket. */
async function eviction(url: string, aliveMs: number): Promise<number> {
  const { socket, closed } = await SignallingClient.dial(url, { autoPong: false });
  const answer = (data: Buffer): void => socket.pong(data);
  socket.on('ping', answer);
  await pause(aliveMs);
  socket.off('ping', answer);
  const silentAt = performance.now();
  await closed;
  return performance.now() - silentAt;
}

/** Clients fall silent at different times between their pings. */
function evictions(): Promise<number[]> {
  return withRunner(['--slots', String(silentClients)], ({ url }) =>
    Promise.all(
      Array.from({ length: silentClients }, (_, client) =>
        eviction(url, pingMs + ((client + 0.5) / silentClients) * pingMs),
      ),
    ),
  );
}

interface Loss {
  /** Until the runner says that it has a slot. */
  freeMs: number;
  /** Until somebody else who dials then is told `ready`: process and folder of the session before are gone. */
  readyMs: number;
}

/** A client with media is lost without a close frame; the runner has one slot. */
async function loss({ url, httpUrl }: ServerProcess): Promise<Loss> {
  const { client, video } = await goLive(url, resumable);
  const lostAt = performance.now();
  client.socket.terminate();
  while ((await fetch(`${httpUrl}/health/ready`)).status !== 200) await pause(pollMs);
  const freeMs = performance.now() - lostAt;
  const next = await SignallingClient.dial(url);
  await next.hear('ready');
  const readyMs = performance.now() - lostAt;
  video.close();
  await next.close();
  return { freeMs, readyMs };
}

async function losses(graceSeconds: number, runs: number): Promise<Loss[]> {
  return withRunner(['--grace', String(graceSeconds)], async (runner) => {
    const found: Loss[] = [];
    while (found.length < runs) found.push(await loss(runner));
    return found;
  });
}

interface Takeovers {
  readyMs: number[];
  /** Frames meanwhile, and in as long a time before, when nothing happened. */
  frames: { meanwhile: Tally; before: Tally };
}
type Tally = ReturnType<CountedPicture['tally']>;

/** Each time the client dials anew with its token while its socket before is still open. */
async function takeOver(): Promise<Takeovers> {
  return withRunner([], async ({ url }) => {
    const live = await goLive(url, resumable);
    const picture = new CountedPicture(live.video);
    await pause(3000);
    let { client } = live;
    const readyMs: number[] = [];
    picture.begin();
    await pause(takeovers * betweenTakeoversMs);
    const before = picture.tally();
    picture.begin();
    while (readyMs.length < takeovers) {
      const { resume_token: token } = await client.hear('ready');
      const dialledAt = performance.now();
      const next = await SignallingClient.dial(url, { headers: { 'linkspan-resume': token! } });
      await Promise.all([next.hear('resumed'), next.hear('ready')]);
      readyMs.push(performance.now() - dialledAt);
      const { code } = await client.closed;
      if (code !== 4001) throw new Error(`the socket before was closed with ${code}`);
      client = next;
      await pause(betweenTakeoversMs);
    }
    const meanwhile = picture.tally();
    picture.stop();
    live.video.close();
    await client.close();
    return { readyMs, frames: { meanwhile, before } };
  });
}

/** From a DELETE to the last frame that still comes. */
async function hangUp(): Promise<number[]> {
  return withRunner([], async ({ url, httpUrl }) => {
    const client = await SignallingClient.connect(url);
    const times: number[] = [];
    while (times.length < hangUps) {
      const { video, sessionId } = await makeMedia(client);
      let lastAt = performance.now();
      void video.seen(() => {
        lastAt = performance.now();
        return false;
      });
      await pause(500);
      const askedAt = performance.now();
      const { status } = await fetch(`${httpUrl}/api/v1/webrtc/offer/${sessionId}`, { method: 'DELETE' });
      if (status !== 204) throw new Error(`DELETE was answered with ${status}`);
      await pause(afterHangUpMs);
      times.push(Math.max(0, lastAt - askedAt));
      video.close();
    }
    await client.close();
    return times;
  });
}

function spread(figure: string, times: readonly number[], aimMs?: number): BenchRow[] {
  const longest = Math.max(...times);
  const verdict = aimMs === undefined ? {} : { aim: `≤ ${aimMs}`, met: longest <= aimMs };
  return [
    { figure: `${figure}, p50`, value: percentile(times, 0.5), unit: 'ms' },
    { figure: `${figure}, p95`, value: percentile(times, 0.95), unit: 'ms' },
    { figure: `${figure}, longest`, value: longest, unit: 'ms', ...verdict },
  ];
}

const log = (line: string): void => void process.stderr.write(`${line}\n`);
// What only waits waits side by side.
const [silences, ...withGrace] = await Promise.all([
  evictions(),
  ...Array.from({ length: graceRuns }, () => losses(15, 1)),
]);
log('silent and lost clients: done');
const atOnce = await losses(0, atOnceRuns);
log('lost clients without a grace: done');
const taken = await takeOver();
log('takeovers: done');
const hungUp = await hangUp();
const { meanwhile, before } = taken.frames;

const inSeconds = (figure: string, times: readonly number[]): BenchRow[] => [
  { figure: `${figure}, shortest`, value: Math.min(...times) / 1000, unit: 's' },
  { figure: `${figure}, longest`, value: Math.max(...times) / 1000, unit: 's' },
];
const rows: BenchRow[] = [
  ...inSeconds('silence to eviction', silences).map((row) => ({
    ...row,
    aim: '15 to 20',
    met: Number(row.value) >= 15 && Number(row.value) <= 20.5,
  })),
  ...inSeconds(
    'loss to free slot, grace 15 s',
    withGrace.flat().map(({ freeMs }) => freeMs),
  ),
  ...inSeconds(
    'loss to the next client’s ready, grace 15 s',
    withGrace.flat().map(({ readyMs }) => readyMs),
  ),
  ...spread(
    'loss to free slot, no grace',
    atOnce.map(({ freeMs }) => freeMs),
  ),
  ...spread(
    'loss to the next client’s ready, no grace',
    atOnce.map(({ readyMs }) => readyMs),
  ),
  ...spread('takeover: dial to ready', taken.readyMs, takeoverAimMs),
  {
    figure: `frames missed during ${takeovers} takeovers`,
    value: meanwhile.missed,
    unit: `of ${meanwhile.back + meanwhile.missed}`,
  },
  {
    figure: 'frames missed in as long a time without',
    value: before.missed,
    unit: `of ${before.back + before.missed}`,
  },
  ...spread('DELETE to the last frame', hungUp, hangUpAimMs),
];
report({
  title: 'Runner: eviction, loss, takeover and hanging up',
  rows,
  raw: { silences, withGrace, atOnce, taken, hungUp },
});
process.exit(0);
