import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MixPolicy } from '../../renderer/mixer/mixer-message.ts';
import { MixerStudio, type OpenedMixer } from './mixer/mixer-studio.ts';
import type { SeenFrame } from './mixer/seen-frames.browser.ts';

let studio: MixerStudio;
beforeAll(async () => {
  studio = await MixerStudio.create();
});
afterAll(() => studio.dispose());

const size = { width: 640, height: 360 };
const cloudOnly: MixPolicy = { prefer: 'cloud', localBeforeCloud: false, localWhenSilent: false };
const withFallback: MixPolicy = { ...cloudOnly, localWhenSilent: true };
const localOnly: MixPolicy = { ...cloudOnly, prefer: 'local' };

const isRed = ({ middle: [red, , blue] }: SeenFrame): boolean => red > 200 && blue < 60;
const isBlue = ({ middle: [red, , blue] }: SeenFrame): boolean => blue > 200 && red < 60;
const isBetween = (frame: SeenFrame): boolean => !isRed(frame) && !isBlue(frame);

const seen = (page: Page): Promise<SeenFrame[]> => page.evaluate(() => window.mixing.seen);
const label = (page: Page): Promise<string> => page.evaluate(() => window.mixing.label);
const reach = (page: Page, wanted: string): Promise<unknown> =>
  page.waitForFunction((wanted) => window.mixing.label === wanted, wanted);
const prefer = (page: Page, policy: MixPolicy): Promise<void> =>
  page.evaluate((policy) => window.mixing.output.setPolicy(policy), policy);

/** Waits for that many frames more on the output. */
async function moreFrames(page: Page, count: number): Promise<void> {
  const before = await page.evaluate(() => window.mixing.seen.length);
  await page.waitForFunction((wanted) => window.mixing.seen.length >= wanted, before + count);
}

async function playCloud(page: Page, of = size): Promise<void> {
  await page.evaluate((size) => {
    const { cloud, output } = window.mixing;
    cloud.play(size, 'red');
    output.showCloud(cloud.track);
  }, of);
  await reach(page, 'cloud');
}

/** All but those that it holds: the last one, one that is on its way, and at most one to fade from. */
async function allClosed(audit: OpenedMixer['frames']): Promise<void> {
  const { noted, open } = await audit();
  expect(noted).toBeGreaterThan(10);
  expect(open).toBeLessThanOrEqual(4);
}

const freeze = (page: Page): Promise<void> => page.evaluate(() => window.mixing.cloud.freeze());

describe('the mixer, in Chromium', () => {
  it('A60: shows the local picture when the cloud’s freezes, says so, and fades', async () => {
    const { page, complaints, close } = await studio.open(size, withFallback);
    await playCloud(page);
    await moreFrames(page, 40);
    expect(await page.evaluate(() => window.mixing.engine.levels.at(-1))).toBe('idle');
    await freeze(page);
    await reach(page, 'local silent');
    await moreFrames(page, 20);
    const frames = await seen(page);
    const firstLocal = frames.findIndex(({ middle }) => middle[2] > 40);
    const gapMs = (frames[firstLocal]!.timestampUs - frames[firstLocal - 1]!.timestampUs) / 1000;
    const told = await page.evaluate(() => window.mixing.shown.at(-1)!);
    console.info(
      `frozen cloud: ${gapMs.toFixed(0)} ms by the frames, ${told.gapMs!.toFixed(0)} ms by the mixer`,
    );
    expect(told.gapMs).toBeCloseTo(gapMs, 0);
    expect(gapMs).toBeGreaterThanOrEqual(219);
    const faded = frames.slice(firstLocal).filter(isBetween);
    expect(faded.length).toBeGreaterThan(0);
    expect(faded.at(-1)!.timestampUs - faded[0]!.timestampUs).toBeLessThanOrEqual(160_000);
    expect(frames.slice(firstLocal + faded.length).every(isBlue)).toBe(true);
    expect(complaints).toEqual([]);
    await close();
  });

  it('A61: returns to the cloud when it was steady for 2 s, without a gap', async () => {
    const { page, close } = await studio.open(size, withFallback);
    await playCloud(page);
    await moreFrames(page, 20);
    await freeze(page);
    await reach(page, 'local silent');
    await moreFrames(page, 10);
    await page.evaluate((size) => window.mixing.cloud.play(size, 'red'), size);
    await reach(page, 'cloud');
    await moreFrames(page, 10);
    const shown = await page.evaluate(() => window.mixing.shown);
    expect(shown.map(({ shown }) => shown.kind)).toEqual(['cloud', 'local', 'cloud']);
    expect(shown[2]!.shown.since - shown[1]!.shown.since).toBeGreaterThan(2_000);
    console.info(`return: ${shown[2]!.gapMs!.toFixed(0)} ms`);
    expect(isRed((await seen(page)).at(-1)!)).toBe(true);
    expect(await page.evaluate(() => window.mixing.engine.levels.at(-1))).toBe('idle');
    await close();
  });

  it('A60: keeps one clock, one size and a recording through 20 switches, and closes every frame', async () => {
    const { page, complaints, frames: audit, close } = await studio.open(size, withFallback);
    await page.evaluate(() => window.mixing.recorded.start());
    // Neither is of the output's size: the cloud's is smaller, the local one has another shape.
    await playCloud(page, { width: 320, height: 180 });
    await page.evaluate(() => window.mixing.restartEngine({ width: 256, height: 256 }, 'blue'));
    await moreFrames(page, 10);
    for (let switches = 0; switches < 20; switches += 1) {
      const toLocal = switches % 2 === 0;
      await prefer(page, toLocal ? localOnly : withFallback);
      await reach(page, toLocal ? 'local chosen' : 'cloud');
      await moreFrames(page, 9);
    }
    const recording = await page.evaluate(() => window.mixing.recorded.state);
    const frames = await seen(page);
    const file = await page.evaluate(() => window.mixing.recorded.finish());
    const times = frames.map(({ timestampUs }) => timestampUs);
    const seconds = (times.at(-1)! - times[0]!) / 1e6;
    expect(times.every((time, index) => index === 0 || time > times[index - 1]!)).toBe(true);
    expect(frames.filter(({ width, height }) => width !== 640 || height !== 360)).toEqual([]);
    expect(frames.filter(isRed).length).toBeGreaterThan(40);
    const squares = frames.filter(isBlue);
    expect(squares.length).toBeGreaterThan(40);
    const bars = squares.filter(({ edge }) => Math.max(...edge) < 20);
    expect(bars.length).toBeGreaterThan(squares.length / 2);
    const gapsMs = (await page.evaluate(() => window.mixing.shown)).map(({ gapMs }) => gapMs ?? 0);
    console.info(`20 switches by choice: longest gap ${Math.max(...gapsMs).toFixed(0)} ms`);
    expect([recording, file.width, file.height]).toEqual(['recording', 640, 360]);
    expect(Math.abs(file.seconds - seconds)).toBeLessThan(1.5);
    expect(await page.evaluate(() => window.mixing.track.readyState)).toBe('live');
    await allClosed(audit);
    expect(complaints).toEqual([]);
    await close();
  });

  it('repeats a picture that stands still while a recording runs, and only then', async () => {
    const { page, close } = await studio.open(size, cloudOnly);
    await playCloud(page);
    await moreFrames(page, 10);
    await freeze(page);
    await reach(page, 'held silent');
    const still = await page.evaluate(() => window.mixing.seen.length);
    await page.evaluate(() => window.mixing.output.setRecording(true));
    await moreFrames(page, 4);
    const repeated = (await seen(page)).slice(still - 1).map(({ timestampUs }) => timestampUs / 1000);
    const apart = repeated.slice(2).map((time, index) => time - repeated[index + 1]!);
    expect(apart.every((ms) => ms > 490)).toBe(true);
    expect((await seen(page)).slice(still).every(isRed)).toBe(true);
    await page.evaluate(() => window.mixing.output.setSize({ width: 320, height: 320 }));
    await page.waitForFunction(() => window.mixing.seen.at(-1)!.height === 320);
    expect(Math.max(...(await seen(page)).at(-1)!.edge)).toBeGreaterThan(200);
    await close();
  });

  it('outlives a hanging engine, an exchanged one, a cloud that ends and a stop', async () => {
    const { page, complaints, frames: audit, close } = await studio.open(size, localOnly);
    await reach(page, 'local chosen');
    await page.evaluate((size) => {
      const { mixing } = window;
      mixing.engine.hangs = true;
      const old = mixing.engine;
      mixing.restartEngine(size, 'lime');
      old.hangs = false;
      old.send(size, 'blue');
    }, size);
    await page.waitForFunction(() => window.mixing.seen.at(-1)!.middle[1] > 200);
    await prefer(page, cloudOnly);
    await playCloud(page);
    await page.evaluate(() => window.mixing.cloud.track.stop());
    await reach(page, 'held silent');
    await page.evaluate(() => {
      window.mixing.output.showCloud(window.mixing.cloud.track);
      window.mixing.output.clear();
    });
    await reach(page, 'none');
    await prefer(page, localOnly);
    await reach(page, 'local chosen');
    expect(await page.evaluate(() => window.mixing.track.readyState)).toBe('live');
    await allClosed(audit);
    expect(complaints).toEqual([]);
    await close();
  });

  it('goes on when the canvas gives no picture for a while, and falls back meanwhile', async () => {
    const { page, frames: audit, close } = await studio.open(size, withFallback);
    await playCloud(page);
    await moreFrames(page, 10);
    const [worker] = page.workers();
    await worker!.evaluate(() => {
      const Made = VideoFrame;
      const fails = (): never => {
        throw new DOMException('The canvas was lost', 'InvalidStateError');
      };
      globalThis.VideoFrame = new Proxy(Made, { construct: fails });
      Object.assign(globalThis, { mendCanvas: () => (globalThis.VideoFrame = Made) });
    });
    await freeze(page);
    await reach(page, 'local silent');
    await page.evaluate((size) => window.mixing.cloud.play(size, 'red'), size);
    await reach(page, 'cloud');
    await worker!.evaluate(() => (globalThis as unknown as { mendCanvas: () => void }).mendCanvas());
    await moreFrames(page, 10);
    expect(isRed((await seen(page)).at(-1)!)).toBe(true);
    await allClosed(audit);
    await close();
  });

  it('says nothing twice', async () => {
    const { page, close } = await studio.open(size, withFallback);
    await playCloud(page);
    const told = await page.evaluate(
      ({ size, policy }) => {
        const { output, cloud, told } = window.mixing;
        for (let times = 0; times < 3; times += 1) {
          output.setPolicy({ ...policy });
          output.setSize({ ...size });
          output.setStuck(times > 0);
          output.setRecording(times > 0);
          output.showCloud(cloud.track);
        }
        return told;
      },
      { size, policy: withFallback },
    );
    expect(told).toEqual({ begin: 1, engine: 1, cloud: 1, stuck: 1, recording: 1 });
    await close();
  });

  it('A60: takes a track from a real connection, muted at first, upright and at the output’s size', async () => {
    const { page, complaints, frames: audit, close } = await studio.open(size, withFallback);
    await page.evaluate(async () => {
      const remote = await window.mixing.remoteCloud();
      window.mixing.output.showCloud(remote.track);
    });
    expect(await label(page)).toBe('none');
    await page.evaluate((size) => window.mixing.cloud.play(size, 'red'), size);
    await reach(page, 'cloud');
    await moreFrames(page, 60);
    await freeze(page);
    await reach(page, 'local silent');
    await moreFrames(page, 10);
    const frames = await seen(page);
    const gapMs = await page.evaluate(() => window.mixing.shown.at(-1)!.gapMs);
    console.info(`frozen connection: ${gapMs?.toFixed(0)} ms`);
    expect(frames.filter(({ width, height }) => width !== 640 || height !== 360)).toEqual([]);
    expect(frames.filter(isRed).length).toBeGreaterThan(30);
    expect(isBlue(frames.at(-1)!)).toBe(true);
    await allClosed(audit);
    expect(complaints).toEqual([]);
    await close();
  });
});
