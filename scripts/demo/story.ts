import { setTimeout as pause } from 'node:timers/promises';
import path from 'node:path';
import { eventually } from '../drive/eventually.ts';
import { readPeers } from '../drive/peers.ts';
import { readPicture, type Rgb } from '../drive/picture.ts';
import { Studio } from '../drive/studio.ts';
import { readRecord, watchPage } from '../drive/watch-page.ts';
import type { Chronicle } from './chronicle.ts';
import { clip } from './clip.ts';
import { measureFault } from './measure-fault.ts';
import { finishRecording, startRecording } from './record-output.ts';
import type { DemoReport, FaultFigures } from './report.ts';
import type { Terminal } from './terminal.ts';
import { Ticker } from './ticker.ts';
import type { World } from './world.ts';

export interface StoryOptions {
  seconds: number;
  folder: string;
  chronicle: Chronicle;
  terminal: Terminal;
}

type Outcome = Pick<DemoReport, 'pipeline' | 'framesSent' | 'framesShown' | 'parameterApplied' | 'faults'>;

/** The paper that the story changes to, and how near the picture must come: the codec and the lines take part. */
const paper = { hex: '#a8d8ff', rgb: [168, 216, 255] as Rgb, within: 14, share: 0.5 };
/** Long enough to be seen in the terminal and on a picture, short enough for the attempts to find it back. */
const runnerAwayMs = 1_200;
/** Shares of the story's time at which its chapters begin. */
const chapters = { parameter: 0.2, cut: 0.36, kill: 0.58 };

/** Streams, changes a parameter, breaks things twice, and watches the picture come back. */
export async function tellStory(world: World, options: StoryOptions): Promise<Outcome> {
  const { page } = world.app;
  const { chronicle } = options;
  const studio = new Studio(page);
  await watchPage(page);
  const ticker = new Ticker(page, options.terminal, chronicle);
  try {
    return await tellChapters(world, options, studio, ticker);
  } finally {
    ticker.stop();
  }
}

async function tellChapters(
  { app: { page }, runner, proxy }: World,
  { chronicle, seconds, folder }: StoryOptions,
  studio: Studio,
  ticker: Ticker,
): Promise<Outcome> {
  const shoot = (name: string): Promise<unknown> =>
    page.screenshot({ path: path.join(folder, `${name}.png`) });
  await studio.reached('live');
  await studio.showsFrames(5);
  chronicle.tell('First picture', 'the test pattern, as a sketch, with nothing touched');
  await studio.chooseCamera();
  await studio.show('pipeline');
  // Chromium's fake camera is named after the file that it plays.
  await page.locator('[data-testid="source-video"][aria-label*="clip.y4m"]').waitFor();
  await studio.showsFrames(15);
  chronicle.tell('Camera chosen', 'same connection, no renegotiation');
  await startRecording(page);
  ticker.begin(seconds);
  const faults: FaultFigures[] = [];
  await ticker.until(chapters.parameter);
  await shoot('before');
  const parameterApplied = await changePaper(studio, chronicle);

  await ticker.until(chapters.cut);
  faults.push(
    await causeFault('socket cut', studio, chronicle, () => {
      chronicle.tell('Socket cut', `${proxy.cut()} connection through the proxy reset`);
    }),
  );

  await ticker.until(chapters.kill);
  faults.push(
    await causeFault('runner killed and restarted', studio, chronicle, async () => {
      await runner.kill();
      chronicle.tell('Runner killed', 'SIGKILL');
      await studio.reached('recovering');
      await pause(runnerAwayMs);
      await Promise.all([shoot('during'), runner.start()]);
      chronicle.tell('Runner started again', 'on the same port');
    }),
  );

  await ticker.until(1);
  await shoot('after');
  await finishRecording(page, path.join(folder, 'recording.webm'));
  const [peer, ...more] = await readPeers(page);
  if (!peer || more.length > 0) throw new Error('The page should have exactly one peer connection.');
  const { framesShown } = await readRecord(page);
  const pipeline = await studio.pipeline();
  return { pipeline, framesSent: peer.framesSent, framesShown, parameterApplied, faults };
}

/** Changes the paper's colour as a user would, and looks for it in the output's pixels. */
async function changePaper(studio: Studio, chronicle: Chronicle): Promise<boolean> {
  const before = (await readPicture(studio.page)).shareNear(paper.rgb, paper.within);
  await studio.setColour('paper', paper.hex);
  chronicle.tell('Parameter changed', `paper: ${paper.hex}`);
  const share = await eventually('The new paper in the picture', async () => {
    const now = (await readPicture(studio.page)).shareNear(paper.rgb, paper.within);
    return now >= paper.share ? now : null;
  }).catch((error: unknown) => {
    chronicle.tell('Parameter not seen', String(error));
    return null;
  });
  if (share === null) return false;
  chronicle.tell(
    'Parameter seen in the pixels',
    `${percent(before)} of the picture before, ${percent(share)} now`,
  );
  return true;
}

/** Breaks something, waits for the picture to move again, and says what it cost. */
async function causeFault(
  name: string,
  studio: Studio,
  chronicle: Chronicle,
  cause: () => Promise<void> | void,
): Promise<FaultFigures> {
  const causedAt = Date.now();
  await cause();
  const figures = async (): Promise<FaultFigures> =>
    measureFault(name, causedAt, await readRecord(studio.page), clip.framesPerSecond);
  const mended = await eventually(`Recovery from "${name}"`, async () => {
    const now = await figures();
    return now.recoveredMs === null ? null : now;
  }).catch(figures);
  if (mended.recoveredMs !== null) {
    chronicle.tell('Picture moves again', `${mended.recoveredMs} ms after the fault, nothing touched`);
  }
  return mended;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;
