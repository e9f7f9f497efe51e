import { breakLink, faultHooks } from '../scripts/drive/break-link.ts';
import { readPeers } from '../scripts/drive/peers.ts';
import { countConnections } from './fixtures/count-connections.ts';
import { readMetrics } from './fixtures/metrics.ts';
import { blue, green, paperIs } from './fixtures/sketch-paper.ts';
import type { TestedApp } from './fixtures/rig.ts';
import { readTimeline } from './fixtures/timeline.ts';
import { readTray, trayShows, trayTooltips, watchTray } from './fixtures/tray.ts';
import { expect, test } from './fixtures/test.ts';
import { noteWords, wordsSaid } from './fixtures/words.ts';
import type { RunnerProcess } from '../scripts/start/runner-process.mjs';

/** Two attempts of each kind, to see the end of them; then none by itself. A second is steady, so that all come back. */
const recovery = {
  attempts: 2,
  slowRetryMs: 1_800_000,
  stableMs: 1_000,
  pingIntervalMs: 700,
  livenessMs: 3_000,
};

test.describe('a link that is broken from within', () => {
  test.skip(({ layout }) => layout === 'packaged', 'a package has no fault hooks');

  let runner: RunnerProcess;
  let app: TestedApp;
  let made: () => Promise<number>;

  test.beforeAll(async ({ rig, layout }) => {
    if (layout === 'packaged') return;
    runner = await rig.startRunner();
    app = await rig.launchLive(runner, {
      env: { ...faultHooks, LINKSPAN_RECOVERY: JSON.stringify(recovery) },
    });
    await watchTray(app.electron);
    await noteWords(app.page);
    made = await countConnections(app.page);
  });
  test.afterAll(({ rig }) => rig.clear());

  const resumed = async (): Promise<number | undefined> =>
    (await readMetrics(runner)).get('linkspan_resumes_total{outcome="hit"}');
  const sessionsEnded = async (): Promise<number | undefined> =>
    (await readMetrics(runner)).get('linkspan_session_duration_seconds_count');

  test('A14: frozen media is told as stalled, and moves by itself once it is let through', async () => {
    const { studio, page, electron } = app;
    await breakLink(electron, 'freezeAllMedia');
    await expect.poll(() => wordsSaid(page)).toContain('No new picture is coming');
    expect(await wordsSaid(page)).toMatch(/part-media: .*Stalled/);
    expect(await trayTooltips(electron)).toContain('No new picture is coming');
    await expect(studio.part('output')).toContainText('Last picture');
    await expect(studio.part('part-signalling')).toContainText('Connected');
    expect((await readTray(electron)).icon).toBe('warning');
    await breakLink(electron, 'thawMedia');
    await studio.reached('live');
    await studio.showsFrames(10);
    await trayShows(electron, 'live', 'Live');
  });

  test('A14: a peer connection that delivers nothing is replaced by one beside it, in the same session', async () => {
    const { studio, electron } = app;
    const before = (await readTimeline(studio)).length;
    await breakLink(electron, 'freezeMedia');
    const since = async (): Promise<string> => (await readTimeline(studio)).slice(before).join('\n');
    await expect
      .poll(since)
      .toMatch(/^The picture stopped · No picture came for \d s\nSetting up video beside the old\n/);
    await studio.reached('live');
    await studio.showsFrames(10);
    expect(await sessionsEnded()).toBe(0);
  });

  test('A18, A34: a peer connection that ends is made anew in the same session, with what was set before', async () => {
    const { studio, page, electron } = app;
    await studio.setColour('paper', green.hex);
    await paperIs(page, green);
    await breakLink(electron, 'closePeer');
    await expect.poll(() => wordsSaid(page)).toContain('Setting up video anew. Attempt 1 of 2');
    await studio.reached('live');
    await studio.showsFrames(10);
    await paperIs(page, green);
    expect(await wordsSaid(page)).toContain('Remote inference connection lost: The video connection failed');
    expect(await trayTooltips(electron)).toContain('Setting up video anew.');
    expect((await readTimeline(studio)).join('\n')).toMatch(
      /Video lost · .*\nSetting up video anew, attempt 1 of 2/,
    );
    expect(await sessionsEnded()).toBe(0);
    expect(await resumed()).toBe(0);
  });

  test('A2: a half-open connection is noticed by its silence, and the session taken up again', async () => {
    const { studio, page, electron } = app;
    await breakLink(electron, 'halfOpen');
    await expect.poll(() => wordsSaid(page)).toMatch(/lost: The runner stopped answering for [3-5] s/);
    await studio.reached('live');
    await studio.showsFrames(10);
    expect(await trayTooltips(electron)).toMatch(/lost: The runner stopped answering for [3-5] s/);
    const timeline = (await readTimeline(studio)).join('\n');
    expect(timeline).toMatch(
      /Connection lost · The runner stopped answering for [3-5] s\nTaking the session up again/,
    );
    expect(await resumed()).toBe(1);
  });

  test('A17: a socket that is reset is resumed at once, and the picture never left', async () => {
    const { studio, page, electron } = app;
    const [before] = await readPeers(page);
    await breakLink(electron, 'dropSocket');
    await expect.poll(resumed).toBe(2);
    await studio.reached('live');
    await studio.showsFrames(10);
    const [after] = await readPeers(page);
    expect(after!.packetsLost).toBe(before!.packetsLost);
    expect(await wordsSaid(page)).toContain('lost: The connection broke off');
    expect(await wordsSaid(page)).toMatch(/part-media: .*Goes on for now/);
  });

  test('A53: refused offers are tried as often as they should be, then it says so and leaves it to the user', async () => {
    const { studio, page, electron } = app;
    // Steady for a second, so that no attempt of before counts.
    await studio.showsFrames(40);
    await breakLink(electron, 'refuseOffers', true);
    await breakLink(electron, 'closePeer');
    await studio.reached('failed');
    await expect(studio.part('failed')).toContainText('Reconnection failed after 4 attempts.');
    await trayShows(electron, 'failed', 'Reconnection failed after 4 attempts.');
    expect((await readTray(electron)).menu).toContainEqual({ label: 'Retry now', enabled: true });
    const timeline = (await readTimeline(studio)).join('\n');
    expect(timeline).toContain('Setting up video anew, attempt 2 of 2');
    expect(timeline).toContain('Starting a new session, attempt 2 of 2');
    expect(timeline).toMatch(
      /Reconnection failed after 4 attempts · after .* · The runner refused the video session/,
    );
    await studio.setColour('paper', blue.hex);
    await breakLink(electron, 'refuseOffers', false);
    await studio.part('way-out').click();
    await studio.reached('live');
    await studio.showsFrames(10);
    await paperIs(page, blue);
    await trayShows(electron, 'live', 'Live');
  });

  test('A18: through all of it the window kept its one peer connection', async () => {
    expect(await made()).toBe(0);
    expect(await readPeers(app.page)).toHaveLength(1);
  });
});
