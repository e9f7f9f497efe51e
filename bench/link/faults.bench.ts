/*
 * What faults cost: time to notice, time to recover, frames that the page never showed, attempts. The app's link
 * beside a naive client, on the same relay, page and runner. LINKSPAN_BENCH='{"runs":1,"naiveRuns":1,"only":"reset"}'
 * measures less.
 */
import type { Browser } from 'playwright';
import type { MediaPort } from '../../main/link/media-port.ts';
import { launchBrowser } from '../../tests/relay/rig.ts';
import { report } from '../result.ts';
import type { Client } from './client.ts';
import type { Fault, Run } from './fault.ts';
import { faults } from './faults.ts';
import { LinkspanClient } from './linkspan-client.ts';
import { measureRun } from './measure-run.ts';
import { NaiveClient } from './naive-client.ts';
import { measurePoorNetwork } from './poor-network.ts';
import { quietRow, rowsOf, tableOf, type Measured } from './summary.ts';

interface Extent {
  runs: number;
  naiveRuns: number;
  /** For faults of which the naive client may never hear. */
  longRuns: number;
  /** Of the poor network, seconds. */
  poorSeconds: number;
  /** A part of the names of those to measure. */
  only: string;
}

const whole: Extent = { runs: 10, naiveRuns: 10, longRuns: 3, poorSeconds: 120, only: '' };
const extent: Extent = {
  ...whole,
  ...(JSON.parse(process.env['LINKSPAN_BENCH'] ?? '{}') as Partial<Extent>),
};
/** The app's ping interval: within it a fault strikes sooner or later. */
const spreadMs = 4_000;

const log = (text: string): void => void process.stderr.write(`${text}\n`);

type Make = (media: MediaPort) => Client;
const makeLinkspan: Make = (media) => new LinkspanClient(media);
const makeNaive: Make = (media) => new NaiveClient(media);

async function runsOf(browser: Browser, fault: Fault, makeClient: Make, count: number): Promise<Run[]> {
  const one = (index: number): Promise<Run> =>
    measureRun(fault, {
      browser,
      makeClient,
      laterMs: fault.manner?.includes('spread') ? ((index + 0.5) / count) * spreadMs : 0,
    });
  // Those that wait for most of the time do not disturb each other.
  if (makeClient === makeNaive && fault.manner?.includes('long'))
    return Promise.all(Array.from({ length: count }, (_, index) => one(index)));
  const runs: Run[] = [];
  while (runs.length < count) {
    const run = await one(runs.length);
    runs.push(run);
    log(
      `    ${run.story.join('; ')}; missed ${run.missed}, gap ${Math.round(run.longestGapMs)} ms, back after ${Math.round(run.backMs ?? 0)} ms`,
    );
  }
  return runs;
}

const browser = await launchBrowser();
const measured: Measured[] = [];
for (const fault of faults.filter(({ name }) => name.includes(extent.only))) {
  log(`${fault.name}, linkspan`);
  const linkspan = await runsOf(browser, fault, makeLinkspan, extent.runs);
  log(`${fault.name}, naive`);
  const count = fault.manner?.includes('long') ? extent.longRuns : extent.naiveRuns;
  measured.push({ fault, linkspan, naive: await runsOf(browser, fault, makeNaive, count) });
}
const isWhole = extent.only === '' || 'poor network'.includes(extent.only);
if (isWhole) log('poor network');
const poor = isWhole ? await measurePoorNetwork(browser, makeLinkspan, extent.poorSeconds) : null;
await browser.close();

log(tableOf(measured));
report({
  title: 'Link: what faults cost, beside a naive client (median / worst)',
  rows: [...rowsOf(measured), ...(measured.length > 0 ? [quietRow(measured)] : []), ...(poor?.rows ?? [])],
  raw: { extent, measured, poor: poor?.raw },
});
process.exit(0);
