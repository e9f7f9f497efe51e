import { createServer } from 'node:http';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { VirtualTime } from '../faults/virtual-time.ts';
import { presentFault } from '../../shared/link/present-fault.ts';
import { capable } from './capable.ts';
import { linkStage } from './link-stage.ts';
import { untilOpenSockets } from './open-sockets.ts';

const { runnerThat, newLink } = linkStage();

/** A link that is live, with all the time that a slow retry would need. */
async function live(greet = capable()) {
  const time = new VirtualTime();
  const runner = await runnerThat({ greet });
  const link = newLink({ clock: time });
  link.start(runner.url);
  await time.pass(1_000);
  expect(link.host.status().state.phase).toBe('live');
  return { time, runner, link, peer: runner.peers[0]! };
}

const messages: [string, Record<string, unknown>, string, RegExp][] = [
  ['ACCESS_DENIED', { type: 'error', error: 'No entry', code: 'ACCESS_DENIED' }, 'access-denied', /denied/],
  [
    'MAX_DURATION_EXCEEDED',
    { type: 'error', error: 'One hour', code: 'MAX_DURATION_EXCEEDED' },
    'terminated',
    /time limit/,
  ],
  ['credits_exhausted', { type: 'credits_exhausted' }, 'terminated', /credits/],
  ['stream_terminated', { type: 'stream_terminated', reason: 'maintenance' }, 'terminated', /ended/],
];
const closes: (number | 'cut' | 'none')[] = [1000, 1001, 1011, 1012, 1013, 4003, 4020, 'cut', 'none'];

describe.each(messages)('A30: %s', (_name, message, kind, title) => {
  it.each(closes)('then close %s: no reconnect, and the reason is shown', async (close) => {
    const { time, runner, link, peer } = await live();
    peer.send(message);
    if (close === 'cut') peer.socket.terminate();
    else if (close !== 'none') peer.socket.close(close);
    await time.pass(600_000);
    const { state } = link.host.status();
    expect(state).toMatchObject({ phase: 'failed', fault: { kind }, nextAttemptAt: null, stage: null });
    expect(state.phase === 'failed' && presentFault(state.fault).title).toMatch(title);
    expect(runner.peers).toHaveLength(1);
    expect(link.media.open).toBe(0);
    expect(time.pending).toBe(0);
    await untilOpenSockets(1);
  });
});

describe('A30: an end for good', () => {
  it.each([4001, 4003, 4020])('by close code %i alone needs no message', async (code) => {
    const { time, runner, link, peer } = await live();
    peer.socket.close(code);
    await time.pass(600_000);
    expect(link.host.status().state).toMatchObject({ phase: 'failed', nextAttemptAt: null });
    expect(runner.peers).toHaveLength(1);
  });

  it.each([1000, 1001, 1006, 1011, 1012, 1013])('is not what close code %i means', async (code) => {
    const { time, runner, link, peer } = await live();
    if (code === 1006) peer.socket.terminate();
    else peer.socket.close(code);
    await time.pass(1_000);
    expect(link.host.status().state.phase).toBe('live');
    expect(runner.peers).toHaveLength(2);
  });

  it('in the greeting of an attempt ends recovery', async () => {
    const kind = capable();
    let denies = false;
    const { time, runner, link, peer } = await live((newcomer) => {
      if (!denies) return kind(newcomer);
      newcomer.send({ type: 'error', error: 'No entry', code: 'ACCESS_DENIED' });
      newcomer.socket.close(4003);
    });
    denies = true;
    peer.socket.terminate();
    await time.pass(600_000);
    expect(link.host.status().state).toMatchObject({ phase: 'failed', fault: { kind: 'access-denied' } });
    expect(runner.peers).toHaveLength(2);
  });

  it('is tried again when the user asks for it', async () => {
    const { time, runner, link, peer } = await live();
    peer.send({ type: 'credits_exhausted' });
    await time.pass(1_000);
    link.host.nudge('network');
    await time.pass(1_000);
    expect(runner.peers).toHaveLength(1);
    link.host.retryNow();
    await time.pass(1_000);
    expect(link.host.status().state.phase).toBe('live');
    // The session is over: there is nothing to take up again.
    expect(runner.peers[1]!.upgrade.headers['linkspan-resume']).toBe('new');
  });
});

describe('A55: a close reason', () => {
  it.each<[string, Record<string, unknown>]>([
    ['an answer to another request', { type: 'error', error: 'Offer failed: 400', request_id: '77' }],
    ['an error that ends nothing', { type: 'error', error: 'Pipeline hiccup', code: 'PIPELINE_FAILED' }],
    ['an error without a code', { type: 'error', error: 'Something' }],
    ['a code of later', { type: 'error', error: 'Something', code: 'NEW_IN_2031' }],
  ])('comes from the close, not from %s before it', async (_name, message) => {
    const { time, link, peer } = await live();
    peer.send(message);
    await time.pass(100);
    expect(link.host.status().state.phase).toBe('live');
    peer.socket.close(1011, 'keepalive ping timeout');
    await time.pass(0);
    const fault = { kind: 'closed', code: 1011, reason: 'keepalive ping timeout' };
    expect(link.states.find(({ phase }) => phase === 'recovering')).toMatchObject({ fault });
  });
});

describe('A33: a token that is refused', () => {
  it.each([401, 403])('with %i ends recovery: nobody dials until the next start', async (status) => {
    const asked: (string | undefined)[] = [];
    const { time, runner, link, peer } = await live();
    const { port } = runner;
    await new Promise((resolve) => {
      peer.socket.terminate();
      runner.http.close(resolve);
    });
    const guard = createServer();
    guard.on('upgrade', (request, socket) => {
      asked.push(request.headers.authorization);
      socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
    });
    guard.listen(port, '127.0.0.1');
    await once(guard, 'listening');
    await time.pass(10_000);
    const { state } = link.host.status();
    expect(state).toMatchObject({ phase: 'failed', fault: { kind: 'unauthorised', status } });
    expect(state.phase === 'failed' && presentFault(state.fault).advice).toMatch(/token/);
    const dials = asked.length;
    link.host.retryNow();
    link.host.nudge('network');
    link.host.nudge('sleep');
    await time.pass(600_000);
    expect(asked).toHaveLength(dials);
    expect(time.pending).toBe(0);
    const next = await runnerThat();
    link.start(next.url, { token: 'right' });
    await time.pass(1_000);
    expect(link.host.status().state.phase).toBe('live');
    expect(next.peers[0]!.upgrade.headers.authorization).toBe('Bearer right');
    guard.close();
    guard.closeAllConnections();
  });
});
