import type { Page } from 'playwright';
import { setTimeout as pause } from 'node:timers/promises';
import path from 'node:path';
import { breakLink } from '../drive/break-link.ts';
import { eventually } from '../drive/eventually.ts';
import { readPeers } from '../drive/peers.ts';
import { readPicture, type Rgb } from '../drive/picture.ts';
import { Studio } from '../drive/studio.ts';
import { readRecord, watchPage } from '../drive/watch-page.ts';
import type { Chronicle } from './chronicle.ts';
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

type Outcome = Omit<DemoReport, 'ok' | 'runtime' | 'route' | 'events'>;

interface Paper {
  hex: string;
  rgb: Rgb;
}
/** The papers that the story changes to, the second one while there is no runner. */
const papers: Record<'first' | 'second', Paper> = {
  first: { hex: '#a8d8ff', rgb: [168, 216, 255] },
  second: { hex: '#ffd9a8', rgb: [255, 217, 168] },
};
/** How near the picture must come, and how much of it: the codec and the lines take part. */
const near = { within: 14, share: 0.5 };
/** Long enough to be seen in the terminal and on a picture, short enough for the attempts to find it back. */
const runnerAwayMs = 1_200;
/** Shares of the story's time at which its chapters begin. */
const chapters = { parameter: 0.1, cut: 0.26, freeze: 0.4, kill: 0.56, leave: 0.82 };

/** Below this a pause is none that anybody minds: a few frames late, as on a busy machine without any fault. */
const unseenMs = 150;

/** Streams, changes a parameter, breaks the link in four ways, and watches it mend. */
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
  { app: { page, electron }, runner, proxy }: World,
  { chronicle, seconds, folder }: StoryOptions,
  studio: Studio,
  ticker: Ticker,
): Promise<Outcome> {
  const shoot = (name: string): Promise<unknown> =>
    page.screenshot({ path: path.join(folder, `${name}.png`) });
  const faults: FaultFigures[] = [];
  const suffer = async (name: string, cause: () => Promise<void> | void): Promise<void> => {
    faults.push(await causeFault(name, { studio, chronicle, ticker }, cause));
  };
  await begin(studio, chronicle);
  ticker.begin(seconds);

  await ticker.until(chapters.parameter);
  await shoot('before');
  const { rgb } = papers.first;
  const before = percent((await readPicture(page)).shareNear(rgb, near.within));
  await changePaper(papers.first, studio, chronicle);
  const parameterApplied = await seesPaper(papers.first, `${before} before`, page, chronicle);

  await ticker.until(chapters.cut);
  await suffer('socket cut', () => {
    chronicle.tell('Socket cut', `${proxy.cut()} connection through the proxy reset`);
  });

  await ticker.until(chapters.freeze);
  await suffer('picture frozen', async () => {
    await breakLink(electron, 'freezeMedia');
    chronicle.tell('Picture frozen', 'the video vanishes on its way, and every connection stays up');
  });

  await ticker.until(chapters.kill);
  await suffer('runner killed and restarted', async () => {
    // As without the proxy: nothing listens where there is no runner.
    proxy.refuse();
    await runner.kill();
    chronicle.tell('Runner killed', 'SIGKILL');
    await studio.reached('recovering');
    await changePaper(papers.second, studio, chronicle);
    await pause(runnerAwayMs);
    await Promise.all([shoot('during'), runner.start()]);
    await proxy.accept();
    chronicle.tell('Runner started again', 'on the same port');
  });
  const parameterKept = await seesPaper(papers.second, 'changed while there was no runner', page, chronicle);

  await ticker.until(chapters.leave);
  await suffer('runner told to stop', () => {
    runner.askToStop();
    chronicle.tell('Runner told to stop', 'SIGTERM: it names the other one to its clients');
  });

  await ticker.until(1);
  await shoot('after');
  await finishRecording(page, path.join(folder, 'recording.webm'));
  const [peer, ...more] = await readPeers(page);
  if (!peer || more.length > 0) throw new Error('The page should have exactly one peer connection.');
  const { framesShown } = await readRecord(page);
  const pipeline = await studio.pipeline();
  return { pipeline, framesSent: peer.framesSent, framesShown, parameterApplied, parameterKept, faults };
}

/** From the first picture to the camera. */
async function begin(studio: Studio, chronicle: Chronicle): Promise<void> {
  const { page } = studio;
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
}

/** Changes the paper's colour as a user would. */
async function changePaper({ hex }: Paper, studio: Studio, chronicle: Chronicle): Promise<void> {
  await studio.setColour('paper', hex);
  chronicle.tell('Parameter changed', `paper: ${hex}`);
}

/** Looks for the paper in the output's pixels. */
async function seesPaper({ rgb }: Paper, why: string, page: Page, chronicle: Chronicle): Promise<boolean> {
  const share = await eventually('The new paper in the picture', async () => {
    const now = (await readPicture(page)).shareNear(rgb, near.within);
    return now >= near.share ? now : null;
  }).catch((error: unknown) => {
    chronicle.tell('Parameter not seen', String(error));
    return null;
  });
  if (share === null) return false;
  chronicle.tell('Parameter seen in the pixels', `${percent(share)} of the picture; ${why}`);
  return true;
}

/** Breaks something, waits for the link to be whole and the picture to move, and says what it cost. */
async function causeFault(
  name: string,
  { studio, chronicle, ticker }: { studio: Studio; chronicle: Chronicle; ticker: Ticker },
  cause: () => Promise<void> | void,
): Promise<FaultFigures> {
  const causedAt = Date.now();
  await cause();
  const figures = async (): Promise<FaultFigures> =>
    measureFault(name, causedAt, await readRecord(studio.page));
  const mended = await eventually(`Recovery from "${name}"`, async () => {
    const now = await figures();
    return now.recoveredMs === null ? null : now;
  }).catch(figures);
  await ticker.catchUp();
  const { recoveredMs, pictureStoodMs } = mended;
  if (recoveredMs !== null) {
    const [what, how] =
      pictureStoodMs < unseenMs
        ? ['Mended, and the picture never stopped', `longest pause ${pictureStoodMs} ms`]
        : ['Mended, the picture moves again', `it stood for ${pictureStoodMs} ms`];
    chronicle.tell(what, `after ${recoveredMs} ms, nothing touched; ${how}`);
  }
  return mended;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;
