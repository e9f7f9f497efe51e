import { describe, expect, it } from 'vitest';
import type { MachineEffect } from './effect.ts';
import type { Command, MachineEvent, Report, Stamp } from './event.ts';
import type { Fault } from './fault.ts';
import { dueAt, idleMachine, type LinkMachine } from './machine.ts';
import { createReducer } from './reducer.ts';
import { defaultLinkPolicy } from './retry-policy.ts';
import { selectState } from './select-state.ts';

const refused: Fault = { kind: 'unreachable', code: 'ECONNREFUSED' };
const broken: Fault = { kind: 'closed', code: 1006, reason: '' };
const unauthorised: Fault = { kind: 'unauthorised', status: 401 };

type Bare<E> = E extends unknown ? Omit<E, keyof Stamp | 'generation'> : never;

/** Drives the reducer like the interpreter would, at a time that the test decides. */
class Drive {
  readonly #reduce = createReducer(defaultLinkPolicy);
  machine: LinkMachine = idleMachine;
  effects: MachineEffect[] = [];
  at = 0;

  send(event: Bare<Command | Report>): this {
    return this.raw({
      ...event,
      generation: this.machine.generation,
      at: this.at,
      roll: 0.5,
    } as MachineEvent);
  }

  raw(event: MachineEvent): this {
    const { state, effects } = this.#reduce(this.machine, event);
    this.machine = state;
    this.effects = effects;
    return this;
  }

  start(
    change: 'endpoint' | 'pipeline' | 'parameters' = 'endpoint',
    onFailure: 'show' | 'retry' = 'show',
  ): this {
    return this.send({ type: 'start', change, pipelineId: 'sketch', onFailure });
  }

  down(fault: Fault): this {
    return this.send({ type: 'down', fault });
  }

  /** Lets time pass until the state's own moment comes. */
  wait(): this {
    const due = dueAt(this.machine);
    if (due === null) throw new Error('nothing to wait for');
    this.at = due;
    return this.raw({ type: 'wake', due, at: due, roll: 0.5 });
  }

  live(): this {
    return this.start().send({ type: 'picture' });
  }

  get state() {
    return selectState(this.machine, defaultLinkPolicy.retry.attempts);
  }

  get dials(): number {
    return this.effects.filter(({ type }) => type === 'attempt').length;
  }

  get told(): string[] {
    return this.effects.flatMap((effect) => (effect.type === 'tell' ? [effect.what] : []));
  }
}

describe('connecting', () => {
  it('shows each stage until the first picture comes', () => {
    const drive = new Drive().start();
    expect(drive.state).toMatchObject({ phase: 'connecting', stage: 'dialling' });
    for (const stage of ['waiting', 'loading', 'negotiating', 'first-frame'] as const) {
      expect(drive.send({ type: 'stage', stage }).state).toMatchObject({ phase: 'connecting', stage });
    }
    expect(drive.send({ type: 'picture' }).state).toEqual({ phase: 'live', since: 0, loading: null });
  });

  it('shows the fault of a first connection at once, and tries again every 30 s', () => {
    const drive = new Drive().start().down(refused);
    expect(drive.state).toMatchObject({
      phase: 'failed',
      fault: refused,
      attempts: 0,
      nextAttemptAt: 30_000,
    });
    expect(drive.wait().dials).toBe(1);
    expect(drive.state).toMatchObject({ phase: 'failed', nextAttemptAt: null, stage: 'dialling' });
    drive.down(refused);
    expect(drive.state).toMatchObject({ phase: 'failed', nextAttemptAt: 60_000 });
    expect(drive.wait().send({ type: 'picture' }).state.phase).toBe('live');
  });

  it('recovers by the policy instead when nobody watches the start', () => {
    const drive = new Drive().start('endpoint', 'retry').down(refused);
    expect(drive.state).toMatchObject({ phase: 'recovering', attempt: 1, attempts: 4 });
  });

  it.each<Fault>([unauthorised, { kind: 'invalid-endpoint', detail: '' }])(
    'A33: dials no more after $kind, not even by retry, until a start brings something new',
    (fault) => {
      const drive = new Drive().start().down(fault);
      expect(drive.state).toMatchObject({ phase: 'failed', nextAttemptAt: null, stage: null });
      expect(dueAt(drive.machine)).toBeNull();
      expect(drive.send({ type: 'retry' }).dials).toBe(0);
      expect(drive.start().dials).toBe(1);
    },
  );
});

describe('recovering', () => {
  it('A22: sees exactly N attempts of an always failing runner before it fails', () => {
    const drive = new Drive().live();
    let dials = drive.down(broken).dials;
    const pauses: number[] = [];
    for (let from = drive.at; drive.down(refused).state.phase === 'recovering'; from = drive.at) {
      dials += drive.wait().dials;
      pauses.push(drive.at - from);
    }
    expect(dials).toBe(4);
    expect(pauses).toEqual([1_000, 2_000, 4_000]);
    expect(drive.state).toMatchObject({ phase: 'failed', attempts: 4, fault: refused });
    expect(drive.told).toEqual(['Reconnection failed after 4 attempts']);
  });

  it('A22: counts the slow retries apart', () => {
    const drive = new Drive().live().down(broken);
    while (drive.down(refused).state.phase === 'recovering') drive.wait();
    for (let i = 0; i < 5; i += 1) drive.wait().down(refused);
    expect(drive.state).toMatchObject({ phase: 'failed', attempts: 4 });
  });

  it('A23: gives the attempts back only after 10 s of stable link, so that flapping exhausts them', () => {
    const drive = new Drive().live();
    for (let drop = 1; drop <= 4; drop += 1) {
      drive.down(broken);
      expect(drive.state).toMatchObject({ phase: 'recovering', attempt: drop });
      if (drive.state.phase === 'recovering' && drive.state.nextAttemptAt !== null) drive.wait();
      drive.send({ type: 'picture' });
    }
    expect(drive.down(broken).state).toMatchObject({ phase: 'failed', attempts: 4 });
  });

  it('A23: starts a full episode after a link that lasted', () => {
    const drive = new Drive().live().down(broken).down(refused).wait().send({ type: 'picture' });
    drive.wait();
    expect(drive.down(broken).state).toMatchObject({ phase: 'recovering', attempt: 1 });
  });

  it('tells what broke the link as long as it tries, and what keeps it from coming back once it has given up', () => {
    const drive = new Drive().live().down(broken).down(refused);
    expect(drive.state).toMatchObject({ phase: 'recovering', attempt: 2, fault: broken });
    expect(drive.effects).toContainEqual({
      type: 'tell',
      what: 'Attempt 1 failed',
      why: 'Nothing is listening at this address',
    });
    while (drive.wait().down(refused).state.phase === 'recovering');
    expect(drive.state).toMatchObject({ phase: 'failed', fault: refused });
  });

  it('A26: a loss in the very tick of success starts a new episode', () => {
    const drive = new Drive().live().down(broken).send({ type: 'picture' }).down(broken);
    expect(drive.state).toMatchObject({ phase: 'recovering', attempt: 2 });
  });

  it('A30: a terminal fault ends it at once, with the reason', () => {
    const fault: Fault = { kind: 'terminated', code: 'MAX_DURATION_EXCEEDED', detail: '' };
    const drive = new Drive().live().down(fault);
    expect(drive.state).toMatchObject({ phase: 'failed', fault, nextAttemptAt: null, attempts: 0 });
    expect(drive.dials).toBe(0);
  });

  it('A31: retry dials at once out of a pause, and an attempt under way is that attempt', () => {
    const drive = new Drive().live().down(broken).down(refused);
    expect(drive.state).toMatchObject({ phase: 'recovering', attempt: 2, nextAttemptAt: 1_000 });
    expect(drive.send({ type: 'retry' }).dials).toBe(1);
    expect(drive.state).toMatchObject({ attempt: 2, nextAttemptAt: null, stage: 'dialling' });
    expect(drive.send({ type: 'retry' }).dials).toBe(0);
  });

  it('gives a user who asks after the last attempt a whole new episode', () => {
    const drive = new Drive().live().down(broken);
    while (drive.down(refused).state.phase === 'recovering') drive.wait();
    drive.send({ type: 'retry' });
    expect(drive.state).toMatchObject({ phase: 'recovering', attempt: 1 });
  });

  it('A32: ignores what an earlier connection reports', () => {
    const drive = new Drive().live();
    const late = drive.machine.generation;
    drive.down(broken);
    const before = drive.machine;
    drive.raw({ type: 'picture', generation: late, at: 0, roll: 0 });
    drive.raw({ type: 'down', fault: unauthorised, generation: late, at: 0, roll: 0 });
    expect(drive.machine).toBe(before);
  });

  it('keeps media that may still deliver when signalling is lost, and closes media that failed', () => {
    const signalling = new Drive().live().down(broken).effects;
    expect(signalling).toContainEqual({ type: 'leave', generation: 1, media: 'keep' });
    const media = new Drive().live().down({ kind: 'media-failed', detail: '' }).effects;
    expect(media).toContainEqual({ type: 'leave', generation: 1, media: 'close' });
  });
});

describe('stop', () => {
  it('A19: shows no error and makes no attempt', () => {
    const drive = new Drive().live().send({ type: 'stop' });
    expect(drive.state).toEqual({ phase: 'idle' });
    expect(drive.told).toEqual(['Stopped']);
    expect(drive.dials).toBe(0);
    expect(drive.effects).toContainEqual({ type: 'leave', generation: 1, media: 'close' });
  });

  it('A27: a start after it has the full budget', () => {
    const drive = new Drive().live().down(broken).down(refused).send({ type: 'stop' });
    expect(drive.live().down(broken).state).toMatchObject({ phase: 'recovering', attempt: 1 });
  });
});

describe('another pipeline while live', () => {
  const change = (): Drive => new Drive().live().start('pipeline');

  it('loads it on the same connection and stays live', () => {
    const drive = change();
    expect(drive.state).toMatchObject({ phase: 'live', loading: 'sketch' });
    expect(drive.effects).toContainEqual({ type: 'load', generation: 1, pipelineId: 'sketch' });
    expect(drive.dials).toBe(0);
    expect(drive.send({ type: 'loaded', pipelineId: 'sketch' }).state).toMatchObject({ loading: null });
  });

  it('tells when it cannot be loaded, and goes on with the one before', () => {
    const fault: Fault = { kind: 'pipeline-failed', detail: 'no memory' };
    const drive = change().send({ type: 'load-refused', pipelineId: 'sketch', fault });
    expect(drive.state).toMatchObject({ phase: 'live', loading: null });
    expect(drive.effects.map(({ type }) => type)).toEqual(['tell', 'notice']);
  });

  it('waits for the last of several choices', () => {
    const drive = change().send({ type: 'start', change: 'pipeline', pipelineId: 'echo', onFailure: 'show' });
    expect(drive.send({ type: 'loaded', pipelineId: 'sketch' }).state).toMatchObject({ loading: 'echo' });
  });

  it('moves to another endpoint while the picture goes on', () => {
    const drive = new Drive().live().start('endpoint');
    expect(drive.state.phase).toBe('connecting');
    expect(drive.effects).toContainEqual({ type: 'leave', generation: 1, media: 'keep' });
  });
});
