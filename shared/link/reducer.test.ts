import { describe, expect, it } from 'vitest';
import {
  able,
  broken,
  MachineUnderTest,
  mediaFailed,
  noAbilities,
  refused,
  terminated,
  unauthorised,
} from './fixtures/machine-under-test.ts';
import type { Fault } from './fault.ts';
import { dueAt } from './machine.ts';

describe('connecting', () => {
  it('shows each stage until the first picture comes', () => {
    const link = new MachineUnderTest().start();
    expect(link.begun).toEqual(['connect to 0']);
    expect(link.state).toMatchObject({ phase: 'connecting', stage: 'dialling' });
    for (const stage of ['waiting', 'loading', 'negotiating', 'first-frame'] as const) {
      expect(link.of('attempt', { type: 'stage', stage }).state).toMatchObject({
        phase: 'connecting',
        stage,
      });
    }
    expect(link.succeeds().state).toEqual({ phase: 'live', since: 0, loading: null });
    expect(link.machine).toMatchObject({ socket: 1, leg: { generation: 1, flow: 'flowing' }, can: able });
  });

  it('shows the fault of a first connection at once, and tries again every 30 s', () => {
    const link = new MachineUnderTest().start().fails();
    expect(link.state).toMatchObject({ phase: 'failed', fault: refused, attempts: 0, nextAttemptAt: 30_000 });
    expect(link.ended).toEqual(['goodbye 1', 'close-leg 1']);
    expect(link.wait().begun).toEqual(['rejoin to 0']);
    expect(link.state).toMatchObject({ phase: 'failed', nextAttemptAt: null, stage: 'dialling' });
    expect(link.fails().state).toMatchObject({ phase: 'failed', nextAttemptAt: 60_000 });
    expect(link.wait().succeeds().state.phase).toBe('live');
  });

  it('recovers by the policy instead when nobody watches the start', () => {
    const link = new MachineUnderTest().start({ onFailure: 'retry' }).fails();
    expect(link.state).toMatchObject({ phase: 'recovering', strategy: 'rejoin', attempt: 1, attempts: 4 });
  });

  it.each<Fault>([unauthorised, { kind: 'invalid-endpoint', detail: '' }])(
    'A33: dials no more after $kind, whoever asks, until a start brings something new',
    (fault) => {
      const link = new MachineUnderTest().start({ onFailure: 'retry' }).fails(fault);
      expect(link.state).toMatchObject({ phase: 'failed', fault, nextAttemptAt: null, stage: null });
      expect(dueAt(link.machine)).toBeNull();
      expect(link.send({ type: 'retry' }).begun).toEqual([]);
      expect(link.send({ type: 'nudge', cause: 'network' }).begun).toEqual([]);
      expect(link.start().begun).toEqual(['connect to 0']);
    },
  );

  it('A33: a slow retry that meets a refused token is the last', () => {
    const link = new MachineUnderTest().start().fails().wait().fails(unauthorised);
    expect(link.state).toMatchObject({ phase: 'failed', fault: unauthorised, nextAttemptAt: null });
    expect(dueAt(link.machine)).toBeNull();
  });

  it('keeps the picture of the endpoint before until the new one is there', () => {
    const link = new MachineUnderTest().live().start();
    expect(link.state.phase).toBe('connecting');
    expect(link.ended).toEqual(['goodbye 1']);
    expect(link.succeeds().ended).toEqual(['close-leg 1']);
    expect(link.machine).toMatchObject({ phase: 'live', socket: 2, leg: { generation: 2 } });
  });

  it('lets go of that picture when it ends before', () => {
    const link = new MachineUnderTest().live().start().losesMedia();
    expect(link.ended).toEqual(['close-leg 1']);
    expect(link.machine).toMatchObject({ phase: 'connecting', leg: null });
  });
});

describe('connecting to a session of before', () => {
  const takenUp = () => new MachineUnderTest().start({ onFailure: 'retry' }).resumes(false);

  it('makes only media over the socket that was given the session', () => {
    const link = takenUp();
    expect(link.begun).toEqual(['build over 1']);
    expect(link.state).toMatchObject({ phase: 'connecting', stage: 'negotiating' });
    link.of('attempt', { type: 'picture' });
    expect(link.machine).toMatchObject({ phase: 'live', socket: 1, leg: { generation: 2 }, can: able });
    expect(link.ended).toEqual([]);
  });

  it('goes on as any first connection when the session is gone', () => {
    const link = new MachineUnderTest().start().of('attempt', { type: 'resume-refused', reason: 'unknown' });
    expect(link.state).toMatchObject({ phase: 'connecting' });
    expect([link.begun, link.told]).toEqual([[], ['The session is gone']]);
    expect(link.succeeds().state.phase).toBe('live');
  });

  it('builds again over the same socket when that media fails', () => {
    const link = takenUp().fails(mediaFailed);
    expect([link.ended, link.begun]).toEqual([['close-leg 2'], ['build over 1']]);
    expect(link.state).toMatchObject({ phase: 'recovering', strategy: 'rebuild' });
  });

  it('resumes it when the socket is lost meanwhile, and builds nothing over that any more', () => {
    const link = takenUp().loses();
    expect([link.ended, link.begun]).toEqual([['close-leg 2', 'cut 1'], ['resume to 0']]);
  });

  it('does not take the picture of another endpoint for that of this session', () => {
    const link = new MachineUnderTest()
      .live()
      .start({ onFailure: 'retry' })
      .resumes(false)
      .fails(mediaFailed);
    expect(link.ended).toEqual(['close-leg 3', 'close-leg 1']);
    expect(link.machine).toMatchObject({ phase: 'recovering', leg: null });
  });

  it('dials afresh when the network changes, and lets the runner keep the session', () => {
    const link = takenUp().send({ type: 'nudge', cause: 'network' });
    expect([link.ended, link.begun]).toEqual([['close-leg 2', 'cut 1'], ['connect to 0']]);
  });
});

describe('stop', () => {
  it('A19: shows no error and makes no attempt', () => {
    const link = new MachineUnderTest().live().send({ type: 'stop' });
    expect(link.state).toEqual({ phase: 'idle' });
    expect([link.told, link.begun]).toEqual([['Stopped'], []]);
    expect(link.ended).toEqual(['goodbye 1', 'close-leg 1']);
    expect(dueAt(link.machine)).toBeNull();
  });

  it('A19: what the closed socket reports later shows nothing either', () => {
    const link = new MachineUnderTest().live().send({ type: 'stop' });
    expect(link.send({ type: 'down', generation: 1, fault: broken }).state).toEqual({ phase: 'idle' });
    expect(link.effects).toEqual([]);
  });

  it('A27: a start after it has the full budget', () => {
    const link = new MachineUnderTest().live(noAbilities).loses().fails().send({ type: 'stop' });
    expect(link.live(noAbilities).loses().state).toMatchObject({ phase: 'recovering', attempt: 1 });
  });
});

describe('failed', () => {
  it('A22: counts the slow retries apart, and goes to each endpoint in turn', () => {
    const link = new MachineUnderTest().live(noAbilities, { places: 3 }).loses().exhaust();
    const dials = Array.from({ length: 5 }, () => {
      const { begun } = link.wait();
      expect(link.fails().state).toMatchObject({
        phase: 'failed',
        attempts: 8,
        nextAttemptAt: link.at + 30_000,
      });
      return begun;
    });
    expect(dials.flat()).toEqual([
      'rejoin to 0',
      'migrate to 1',
      'rejoin to 0',
      'migrate to 2',
      'rejoin to 0',
    ]);
  });

  it('A23: a slow retry that succeeds gives no attempts back before it has lasted', () => {
    const link = new MachineUnderTest().live(noAbilities).loses().exhaust().wait().succeeds(noAbilities);
    expect(link.loses().state).toMatchObject({ phase: 'failed', attempts: 4 });
    link.wait().succeeds(noAbilities).wait();
    expect(link.loses().state).toMatchObject({ phase: 'recovering', attempt: 1 });
  });

  it('shows the newest reason, and tells it only when it is another', () => {
    const link = new MachineUnderTest().start().fails().wait().fails();
    expect(link.told).toEqual([]);
    const fault: Fault = { kind: 'unavailable', status: 503 };
    expect(link.wait().fails(fault).state).toMatchObject({ phase: 'failed', fault });
    expect(link.told).toEqual(['Still no connection']);
  });

  it('A30: a terminal fault ends a live link at once, with the reason and no count of attempts', () => {
    const link = new MachineUnderTest().live().loses().resumes(true).loses(terminated);
    expect(link.state).toMatchObject({
      phase: 'failed',
      fault: terminated,
      nextAttemptAt: null,
      attempts: 0,
    });
    expect([link.begun, link.ended]).toEqual([[], ['goodbye 2', 'close-leg 1']]);
    expect(link.send({ type: 'nudge', cause: 'sleep' }).begun).toEqual([]);
    expect(link.send({ type: 'retry' }).begun).toEqual(['connect to 0']);
  });
});
