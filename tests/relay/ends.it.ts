import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connecting } from '../../main/relay/defaults.ts';
import { TextChannel } from '../../main/relay/transport/text-channel.ts';
import type { PlainPeer } from './plain-peer.ts';
import { PlainRig } from './plain-rig.ts';
import { connect, TestRunner, type LegRecorder } from './rig.ts';

let rig: PlainRig;
const runners: TestRunner[] = [];

beforeEach(() => {
  rig = new PlainRig();
});
afterEach(async () => {
  vi.useRealTimers();
  await rig.close();
  await Promise.all(runners.splice(0).map((runner) => runner.kill()));
});

async function connectedRunner() {
  await rig.attachPage();
  const runner = await TestRunner.start();
  runners.push(runner);
  const made = await connect(rig.relay, runner);
  await made.heard.until('channelOpen');
  return made;
}

/** Two ends of one connection, no relay between them. */
async function pair(): Promise<[PlainPeer, PlainPeer]> {
  const near = await rig.newPeer('page');
  const far = await rig.newPeer('runner');
  near.accept(await far.answerPassively(near.offer()));
  await Promise.all([near.connected, far.connected]);
  return [near, far];
}

const told = ({ events }: LegRecorder) =>
  events.map(({ type }) => type).filter((type) => type === 'failed' || type === 'channelClosed');

describe('A13: what a leg tells of its end', () => {
  it('the runner closes the data channel, then the connection: each is told once', async () => {
    const { leg, heard } = await connectedRunner();
    leg.send('close');
    await heard.until('channelClosed');
    expect(told(heard)).toEqual(['channelClosed']);
    expect(leg.state).toBe('connected');
    runners[0]!.process.send({ close: true });
    await heard.until('failed');
    expect(told(heard)).toEqual(['channelClosed', 'failed']);
    expect(leg.state).toBe('failed');
    await leg.close();
    expect(told(heard)).toEqual(['channelClosed', 'failed']);
  });

  it('the runner closes the connection: the leg failed, once', async () => {
    const { leg, heard } = await connectedRunner();
    runners[0]!.process.send({ close: true });
    await heard.until('failed');
    expect(heard.texts('failed')).toEqual(['the far end closed the connection']);
    expect(told(heard).filter((type) => type === 'channelClosed').length).toBeLessThanOrEqual(1);
    await leg.close();
    expect(heard.texts('failed')).toHaveLength(1);
  });

  it('a close of our own is told to nobody', async () => {
    const { leg, heard } = await connectedRunner();
    await leg.close();
    await rig.relay.dispose();
    expect(told(heard)).toEqual([]);
    expect(leg.state).toBe('closed');
  });

  it('ICE that fails is told once, whatever follows', async () => {
    const [near] = await pair();
    const { stateChanged } = near.transport.ice.connection;
    stateChanged.execute('failed');
    stateChanged.execute('disconnected');
    stateChanged.execute('closed');
    expect(near.failures).toEqual(['ICE found no way, or lost it']);
    await near.close();
    expect(near.failures).toHaveLength(1);
  });

  it('ICE that is closed by nobody of ours is told as well', async () => {
    const [near] = await pair();
    near.transport.ice.connection.stateChanged.execute('closed');
    expect(near.failures).toHaveLength(1);
  });

  it('ICE that is disconnected is told when it lasts, not when it comes back', async () => {
    const [near] = await pair();
    const { stateChanged } = near.transport.ice.connection;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    stateChanged.execute('disconnected');
    vi.advanceTimersByTime(connecting.disconnectedMs - 1);
    stateChanged.execute('connected');
    vi.advanceTimersByTime(connecting.disconnectedMs);
    expect(near.failures).toEqual([]);
    stateChanged.execute('disconnected');
    vi.advanceTimersByTime(connecting.disconnectedMs);
    expect(near.failures).toEqual(['ICE lost its way for 5 s']);
  });

  it('a disconnected connection that we close ourselves is not told later', async () => {
    const [near] = await pair();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    near.transport.ice.connection.stateChanged.execute('disconnected');
    expect(vi.getTimerCount()).toBe(1);
    await near.close();
    expect(vi.getTimerCount()).toBe(0);
    expect(near.failures).toEqual([]);
  });

  it('a data channel whose association ends before it opened is closed, once', async () => {
    const [near] = await pair();
    const closed = vi.fn();
    const channel = new TextChannel(
      near.transport,
      'parameters',
      { sctpPort: 5000, maxMessageSize: 0 },
      { open: () => undefined, closed, message: () => undefined },
    );
    near.transport.dtls.onStateChange.execute('closed');
    expect(closed).toHaveBeenCalledTimes(1);
    await channel.close();
    expect(closed).toHaveBeenCalledTimes(1);
  });
});
