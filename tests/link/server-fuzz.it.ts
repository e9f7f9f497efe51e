import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { presentFault } from '../../shared/link/present-fault.ts';
import { presentLink } from '../../shared/link/present-link.ts';
import { VirtualTime } from '../faults/virtual-time.ts';
import { capable } from './capable.ts';
import { linkStage } from './link-stage.ts';
import { untilOpenSockets } from './open-sockets.ts';
import { seed } from './seed.ts';
import { serverFrame, type ServerFrame } from './server-frames.ts';
import { agreeable, type ScriptedPeer } from './scripted-runner.ts';

const { runnerThat, newLink } = linkStage();
const rounds = 100;
const framesEach = 20;

beforeAll(() => {
  console.log(`LINKSPAN_FUZZ_SEED=${seed}`);
});

const round = fc.record({
  frames: fc.array(serverFrame, { minLength: framesEach, maxLength: framesEach }),
  /** Frames before the runner greets properly, if it does; then it answers, or leaves that to the frames. */
  before: fc.integer({ min: 0, max: framesEach }),
  answers: fc.boolean(),
  pauses: fc.array(fc.constantFrom(0, 0, 0, 10, 1_000, 9_000), {
    minLength: framesEach,
    maxLength: framesEach,
  }),
});

it(`survives ${rounds * framesEach} frames of any kind at any time, in a state that can be shown`, async () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown): void => void unhandled.push(error);
  process.on('unhandledRejection', note).on('uncaughtException', note);
  await fc.assert(
    fc.asyncProperty(round, async ({ frames, before, answers, pauses }) => {
      const time = new VirtualTime();
      const greet = capable();
      const runner = await runnerThat({
        greet: (peer) => (before === 0 ? greet(peer) : undefined),
        answer: (message, peer) => (answers ? agreeable(message, peer) : null),
      });
      const link = newLink({ clock: time });
      link.start(runner.url, { onFirstFailure: 'retry' });
      const calls = [link.host.api({ method: 'GET', path: '/api/v1/x' })];
      await time.pass(10);
      for (const [index, frame] of frames.entries()) {
        if (!isOpen(runner.peers.at(-1))) await time.pass(5_000);
        // It gave up: the next frame is for the next connection.
        if (!isOpen(runner.peers.at(-1))) link.start(runner.url, { token: `again ${index}` });
        await time.pass(10);
        const peer = runner.peers.at(-1);
        if (index === before && peer !== undefined) greet(peer);
        if (frame === null) peer?.socket.terminate();
        else peer?.socket.send(asSent(frame));
        calls.push(link.host.api({ method: 'POST', path: '/api/v1/x' }));
        await time.pass(pauses[index]!);
        const { state } = link.host.status();
        presentLink(state, time.now());
        if (state.phase === 'failed' || state.phase === 'recovering') presentFault(state.fault);
        expect(JSON.parse(JSON.stringify(state))).toEqual(state);
        expect(unhandled).toEqual([]);
      }
      const stopped = link.host.stop();
      await time.pass(5_000);
      await stopped;
      for (const call of await Promise.all(calls)) expect(typeof call.ok).toBe('boolean');
      expect(link.host.status().state.phase).toBe('idle');
      expect([time.pending, link.media.open]).toEqual([0, 0]);
      await runner.close();
      await untilOpenSockets(0);
    }),
    { seed, numRuns: rounds },
  );
  process.off('unhandledRejection', note).off('uncaughtException', note);
});

const isOpen = (peer: ScriptedPeer | undefined): boolean => peer?.socket.readyState === WebSocket.OPEN;
const asSent = (frame: NonNullable<ServerFrame>): string | Buffer =>
  typeof frame === 'string' ? frame : Buffer.from(frame);
