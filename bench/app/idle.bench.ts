/**
 * What the app costs while it does nothing, and while nobody looks at it: CPU time and wake-ups of all its processes,
 * read from Linux. The local session that is kept warm is switched on and off in turn, in the same app, so that
 * whatever else goes on in the machine falls on both.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { percentile, report, type BenchRow } from '../result.ts';
import { processTree, type ProcessUse } from './process-tree.ts';
import { withLiveApp, type LiveApp } from './with-live-app.ts';

const windowMs = 20_000;
/** What a change leaves behind (a session that loads, buffers, a first layout) is over by then. */
const settleMs = 8_000;
/** Of each kind, in turn. */
const turns = 3;
const aim = { stoppedPercent: 1, warmPercent: 2 };

interface Use {
  cpuPercent: number;
  wakeUpsPerSecond: number;
}

type Part = 'main' | 'renderer' | 'other';
type Reading = Record<Part, Use>;

function partOf({ pid, command }: ProcessUse, main: number): Part {
  if (pid === main) return 'main';
  return command.includes('--type=renderer') ? 'renderer' : 'other';
}

/** Watches the app for a while; of processes that end meanwhile the rest is not known. */
async function measure(main: number): Promise<Reading> {
  const before = new Map(processTree(main).map((process) => [process.pid, process]));
  const beganAt = performance.now();
  await pause(windowMs);
  const seconds = (performance.now() - beganAt) / 1000;
  const none = (): Use => ({ cpuPercent: 0, wakeUpsPerSecond: 0 });
  const reading: Reading = { main: none(), renderer: none(), other: none() };
  for (const now of processTree(main)) {
    const then = before.get(now.pid) ?? { cpuMs: 0, wakeUps: 0 };
    const part = reading[partOf(now, main)];
    part.cpuPercent += (now.cpuMs - then.cpuMs) / 10 / seconds;
    part.wakeUpsPerSecond += (now.wakeUps - then.wakeUps) / seconds;
  }
  return reading;
}

const total = (reading: Reading, of: (use: Use) => number): number =>
  of(reading.main) + of(reading.renderer) + of(reading.other);
const cpu = ({ cpuPercent }: Use): number => cpuPercent;
const wakes = ({ wakeUpsPerSecond }: Use): number => wakeUpsPerSecond;

const raw: Record<string, Reading[]> = {};

async function look(name: string, main: number): Promise<Reading> {
  await pause(settleMs);
  const reading = await measure(main);
  (raw[name] ??= []).push(reading);
  const parts = (['main', 'renderer', 'other'] as const).map(
    (part) =>
      `${part} ${reading[part].cpuPercent.toFixed(2)} %, ${reading[part].wakeUpsPerSecond.toFixed(1)}/s`,
  );
  process.stderr.write(`${name}: ${total(reading, cpu).toFixed(2)} % (${parts.join('; ')})\n`);
  return reading;
}

async function hide({ app }: LiveApp, hidden: boolean): Promise<void> {
  await app.electron.evaluate(({ BrowserWindow }, hides) => {
    const [window] = BrowserWindow.getAllWindows();
    if (hides) window?.hide();
    else window?.show();
  }, hidden);
}

/** Whether a local session is kept to take over: loaded or let go at once. */
async function keepWarm({ studio }: LiveApp, warm: boolean): Promise<void> {
  const wanted = warm ? 'on' : 'off';
  const toggle = studio.part('fallback-switch');
  if ((await toggle.getAttribute('data-fallback')) !== wanted) await toggle.click();
}

const differences = (
  mine: readonly Reading[],
  baseline: readonly Reading[],
  of: (r: Reading) => number,
): number[] => mine.map((reading, index) => of(reading) - of(baseline[index]!));

await withLiveApp(
  async (live) => {
    const { app, studio } = live;
    const main = app.electron.process().pid!;
    await studio.reached('live');
    await look('live', main);
    await hide(live, true);
    await look('live, in the tray', main);
    await hide(live, false);
    for (let turn = 0; turn < turns; turn += 1) {
      for (const warm of [false, true]) {
        await keepWarm(live, warm);
        await look(warm ? 'live, local session warm' : 'live, no local session', main);
      }
    }
    await studio.part('stop').click();
    for (let turn = 0; turn < turns; turn += 1) {
      for (const warm of [false, true]) {
        await keepWarm(live, warm);
        await look(warm ? 'stopped, local session warm' : 'stopped', main);
      }
    }
    await hide(live, true);
    await look('stopped, in the tray', main);
    await hide(live, false);
  },
  { route: 'cloud', fallback: 'off' },
);

const median = (name: string, of: (use: Use) => number): number =>
  percentile(
    (raw[name] ?? []).map((reading) => total(reading, of)),
    0.5,
  );
const rows: BenchRow[] = Object.keys(raw).flatMap((name) => [
  { figure: `${name}: CPU of all processes`, value: median(name, cpu), unit: '% of core' },
  { figure: `${name}: wake-ups`, value: median(name, wakes), unit: '/s' },
]);
const stopped = median('stopped', cpu);
const warmStopped = percentile(
  differences(raw['stopped, local session warm']!, raw['stopped']!, (reading) => total(reading, cpu)),
  0.5,
);
// Of the renderer alone: what main and Chromium's network do for the link has nothing to do with it.
const warmLive = percentile(
  differences(raw['live, local session warm']!, raw['live, no local session']!, ({ renderer }) =>
    cpu(renderer),
  ),
  0.5,
);
rows.push(
  {
    figure: 'stopped: CPU of all processes, median',
    value: stopped,
    unit: '% of core',
    aim: `<= ${aim.stoppedPercent}`,
    met: stopped <= aim.stoppedPercent,
  },
  {
    figure: 'a warm local session, the app stopped: CPU',
    value: warmStopped,
    unit: '% of core',
    aim: `<= ${aim.warmPercent}`,
    met: warmStopped <= aim.warmPercent,
  },
  { figure: 'a warm local session beside a live cloud: CPU of the page', value: warmLive, unit: '% of core' },
);
report({
  title: 'At rest: the app stopped, live in the tray, and with a local session kept warm',
  rows,
  raw,
});
