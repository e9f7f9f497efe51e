import { describe, expect, it } from 'vitest';
import { able, MachineUnderTest, mediaFailed, noAbilities } from './fixtures/machine-under-test.ts';
import { dueAt } from './machine.ts';

const sleep = { type: 'nudge', cause: 'sleep' } as const;
const network = { type: 'nudge', cause: 'network' } as const;
const retry = { type: 'retry' } as const;

describe('after sleep, or when the network changed', () => {
  it('A31: dials afresh and resumes, whatever the open socket claims', () => {
    const link = new MachineUnderTest().live().send(sleep);
    expect([link.ended, link.begun]).toEqual([['cut 1'], ['resume to 0']]);
    expect(link.state).toMatchObject({
      phase: 'recovering',
      fault: { kind: 'interrupted', cause: 'sleep' },
      media: 'flowing',
    });
    expect(link.told[0]).toBe('The computer woke up');
  });

  it('A31: resumes at once each time, until no attempts are left; then it asks the socket first', () => {
    const link = new MachineUnderTest().live();
    for (let nudge = 1; nudge <= 4; nudge += 1) {
      expect(link.send(network).begun).toEqual(['resume to 0']);
      link.resumes(true);
    }
    expect(link.send(network).effects).toContainEqual({ type: 'probe', generation: 5 });
    expect([link.state.phase, link.ended, link.begun]).toEqual(['live', [], []]);
  });

  it.each([null, 0])('asks a socket first whose session could not be resumed (grace %s)', (graceMs) => {
    const link = new MachineUnderTest().live({ graceMs, rebuild: true }).send(network);
    expect(link.effects).toContainEqual({ type: 'probe', generation: 1 });
    expect([link.state.phase, link.ended, link.begun]).toEqual(['live', [], []]);
  });

  it('A31: ends a pause, and gives the episode all its time again', () => {
    const link = new MachineUnderTest().live(noAbilities).loses().fails().pass(8_000_000).send(sleep);
    expect(link.begun).toEqual(['rejoin to 0']);
    expect(link.state).toMatchObject({ phase: 'recovering', attempt: 2, nextAttemptAt: null });
    expect(dueAt(link.machine)).toBe(8_120_000);
  });

  it('A31: dials anew what was being dialled, as the same attempt', () => {
    const link = new MachineUnderTest().live().loses().pass(5_000).send(network);
    expect([link.ended, link.begun]).toEqual([['cut 2', 'close-leg 2'], ['resume to 0']]);
    expect(link.state).toMatchObject({
      phase: 'recovering',
      strategy: 'resume',
      attempt: 1,
      stage: 'dialling',
    });
    expect(link.send({ type: 'picture', generation: 2 }).effects).toEqual([]);
  });

  it('A22: gives the episode its time again and no more, however long a runner was waited for', () => {
    const link = new MachineUnderTest().live().loses().of('attempt', { type: 'stage', stage: 'waiting' });
    expect(dueAt(link.pass(8_000_000).send(sleep).machine)).toBe(8_120_000);
  });

  it.each([
    ['a pause', (link: MachineUnderTest) => link.fails(mediaFailed), ['cut 1']],
    ['an attempt', (link: MachineUnderTest) => link, ['close-leg 2', 'cut 1']],
  ])('A31: resumes instead of building over a socket that may be dead, in %s', (_, happen, ended) => {
    const link = happen(new MachineUnderTest().live().losesMedia()).send(network);
    expect([link.ended, link.begun]).toEqual([ended, ['resume to 0']]);
  });

  it('A31: asks a socket that cannot be resumed, while media is made over it', () => {
    const link = new MachineUnderTest().live(noAbilities).losesMedia().send(network);
    expect(link.effects).toContainEqual({ type: 'probe', generation: 1 });
    expect([link.ended, link.begun]).toEqual([[], []]);
    link.fails(mediaFailed).send(network);
    expect(link.begun).toEqual(['build over 1']);
    expect(link.effects).toContainEqual({ type: 'probe', generation: 1 });
  });

  it('A31: drops what is made beside a stalled picture for a fresh dial', () => {
    const link = new MachineUnderTest().live().stalls().send(network);
    expect([link.ended, link.begun]).toEqual([['close-leg 2', 'cut 1'], ['resume to 0']]);
  });

  it('leaves the old session alone while another is made elsewhere, and dials that anew', () => {
    const link = new MachineUnderTest().live(able, { places: 2 });
    link.of('socket', { type: 'goaway', deadlineMs: 60_000, place: 1, places: 2 }).send(network);
    expect([link.ended, link.begun]).toEqual([['goodbye 2', 'close-leg 2'], ['migrate to 1']]);
    expect(link.state).toMatchObject({ phase: 'degraded', reason: 'leaving' });
    expect(link.machine).toMatchObject({
      budget: { spent: { migrate: 1 } },
      socket: 1,
      leg: { generation: 1 },
    });
  });

  it('A31: ends the pause before another is made elsewhere', () => {
    const link = new MachineUnderTest().live(able, { places: 2 });
    link.of('socket', { type: 'goaway', deadlineMs: 60_000, place: 1, places: 2 }).fails().send(sleep);
    expect([link.ended, link.begun]).toEqual([[], ['migrate to 1']]);
    expect(link.effects).toContainEqual({ type: 'probe', generation: 1 });
  });

  it('A31: dials a first connection anew', () => {
    const link = new MachineUnderTest().start().pass(3_000).send(network);
    expect([link.ended, link.begun]).toEqual([['goodbye 1', 'close-leg 1'], ['connect to 0']]);
    expect(link.state).toMatchObject({ phase: 'connecting', since: 0 });
  });

  it('A31: begins a new episode after giving up', () => {
    const link = new MachineUnderTest().live(noAbilities).loses().exhaust().pass(5_000).send(network);
    expect(link.begun).toEqual(['rejoin to 0']);
    expect(link.state).toMatchObject({ phase: 'recovering', attempt: 1, since: link.at });
    expect(dueAt(link.machine)).toBe(link.at + 120_000);
  });

  it('A31: dials a slow retry anew that is under way', () => {
    const link = new MachineUnderTest().start().fails().wait().send(network);
    expect([link.ended, link.begun]).toEqual([['goodbye 2', 'close-leg 2'], ['rejoin to 0']]);
    expect(link.state).toMatchObject({ phase: 'failed', stage: 'dialling' });
  });

  it('A19: wakes no link that was stopped', () => {
    expect(new MachineUnderTest().live().send({ type: 'stop' }).send(sleep).effects).toEqual([]);
  });
});

describe('"Retry now"', () => {
  it('A31: ends a pause, and counts as the attempt that was due', () => {
    const link = new MachineUnderTest().live(noAbilities).loses().fails();
    expect(link.state).toMatchObject({ phase: 'recovering', attempt: 2, nextAttemptAt: 1_000 });
    expect(link.send(retry).begun).toEqual(['rejoin to 0']);
    expect(link.state).toMatchObject({ attempt: 2, nextAttemptAt: null, stage: 'dialling' });
  });

  it('A31: is answered by an attempt that is under way', () => {
    const link = new MachineUnderTest().live(noAbilities).loses();
    expect(link.send(retry).effects).toEqual([]);
  });

  it('A31: dials afresh where an open socket only claims to lead somewhere', () => {
    const link = new MachineUnderTest().live().losesMedia().fails(mediaFailed).send(retry);
    expect([link.ended, link.begun]).toEqual([['cut 1'], ['resume to 0']]);
    const stalled = new MachineUnderTest().live().stalls().send(retry);
    expect([stalled.ended, stalled.begun]).toEqual([['close-leg 2', 'cut 1'], ['resume to 0']]);
  });

  it('A31: does not wait for a stalled picture any longer where only a new one can be made', () => {
    const link = new MachineUnderTest().live(noAbilities).stalls().send(retry);
    expect(link.begun).toEqual(['build over 1']);
  });

  it('A31: moves on at once from a runner that is about to go', () => {
    const link = new MachineUnderTest().live(able, { places: 2 });
    link.of('socket', { type: 'goaway', deadlineMs: 60_000, place: 1, places: 2 }).fails();
    expect(link.send(retry).begun).toEqual(['migrate to 1']);
    expect(link.send(retry).begun).toEqual([]);
  });

  it('A22: begins a whole new episode after the last attempt', () => {
    const link = new MachineUnderTest().live(noAbilities).loses().exhaust().send(retry);
    expect(link.state).toMatchObject({ phase: 'recovering', strategy: 'rejoin', attempt: 1 });
    expect(link.exhaust().state).toMatchObject({ phase: 'failed', attempts: 4 });
  });

  it('tries a first connection again that failed', () => {
    const link = new MachineUnderTest().start().fails().send(retry);
    expect([link.state.phase, link.begun]).toEqual(['connecting', ['connect to 0']]);
  });

  it('changes nothing about a link that is up, being made, or stopped', () => {
    const link = new MachineUnderTest().start();
    expect(link.send(retry).effects).toEqual([]);
    expect(link.succeeds().send(retry).effects).toEqual([]);
    expect(link.send({ type: 'stop' }).send(retry).effects).toEqual([]);
  });
});
