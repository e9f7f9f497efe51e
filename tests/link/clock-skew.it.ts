import { describe, expect, it } from 'vitest';
import { VirtualTime } from '../faults/virtual-time.ts';
import { linkStage } from './link-stage.ts';
import { agreeable } from './scripted-runner.ts';

const { runnerThat, newLink } = linkStage();
const hourMs = 3_600_000;

/** Time whose wall clock can be set, as users and time servers do. */
class SettableTime extends VirtualTime {
  aheadMs = 0;
  override readonly now = (): number => this.monotonic() + this.aheadMs;
}

/** A link that has just lost a runner, which from now on does as told to whoever comes. */
async function losing(then: 'refuses' | 'hangs') {
  let lost = false;
  const runner = await runnerThat({
    greet: (peer) => (lost && then === 'refuses' ? peer.socket.close(1013) : peer.send({ type: 'ready' })),
    answer: (message, peer) => (lost && message.type === 'offer' ? null : agreeable(message, peer)),
  });
  const time = new SettableTime();
  const link = newLink({ clock: time });
  link.start(runner.url);
  await time.pass(1_000);
  expect(link.host.status().state.phase).toBe('live');
  lost = true;
  runner.peers[0]!.socket.terminate();
  await time.pass(100);
  return { runner, time, link };
}

describe.each([
  ['ahead', hourMs],
  ['back', -hourMs],
])('a clock that is set an hour %s during recovery', (_, aheadMs) => {
  it('A22: neither ends the episode early nor takes or adds an attempt', async () => {
    const { runner, time, link } = await losing('refuses');
    time.aheadMs = aheadMs;
    await time.pass(6_800);
    expect(link.host.status().state).toMatchObject({ phase: 'recovering', attempt: 4 });
    await time.pass(400);
    expect(link.host.status().state).toMatchObject({ phase: 'failed', attempts: 4 });
    expect(runner.peers).toHaveLength(5);
  });

  it('A22: does not prolong an episode whose attempts hang', async () => {
    const { time, link } = await losing('hangs');
    time.aheadMs = aheadMs;
    await time.pass(119_000);
    expect(link.host.status().state.phase).toBe('recovering');
    await time.pass(1_100);
    expect(link.host.status().state.phase).toBe('failed');
  });

  it('is followed by the times that are shown', async () => {
    const { time, link } = await losing('refuses');
    time.aheadMs = aheadMs;
    await time.pass(1_500);
    const now = time.now();
    expect(link.host.status().state).toMatchObject({
      phase: 'recovering',
      since: now - 1_600,
      nextAttemptAt: now + 1_400,
    });
    await time.pass(10_000);
    expect(link.host.status().state).toMatchObject({
      phase: 'failed',
      since: now + 5_400,
      nextAttemptAt: now + 35_400,
    });
  });

  it('A23: gives no attempt back before the link has lasted', async () => {
    let refuse = false;
    const runner = await runnerThat({
      greet: (peer) => (refuse ? peer.socket.close(1013) : peer.send({ type: 'ready' })),
    });
    const time = new SettableTime();
    const link = newLink({ clock: time });
    link.start(runner.url);
    await time.pass(1_000);
    runner.peers[0]!.socket.terminate();
    await time.pass(100);
    expect(link.host.status().state.phase).toBe('live');
    time.aheadMs = aheadMs;
    await time.pass(9_000);
    refuse = true;
    runner.peers[1]!.socket.terminate();
    await time.pass(100);
    expect(link.host.status().state).toMatchObject({ phase: 'recovering', attempt: 2 });
  });
});
