import { describe, expect, it } from 'vitest';
import { able, MachineUnderTest, mediaFailed, noAbilities } from './fixtures/machine-under-test.ts';
import { dueAt } from './machine.ts';

describe('the budget', () => {
  it('A23: is given back only after 10 s of stable link, so that flapping exhausts it', () => {
    const link = new MachineUnderTest().live(noAbilities);
    for (let drop = 1; drop <= 4; drop += 1) {
      link.pass(9_999).loses();
      expect(link.state).toMatchObject({ phase: 'recovering', strategy: 'rejoin', attempt: drop });
      if (drop > 1) link.wait();
      link.succeeds(noAbilities);
    }
    expect(link.pass(9_999).loses().state).toMatchObject({ phase: 'failed', attempts: 4 });
  });

  it('A23: is whole after a link that lasted', () => {
    const link = new MachineUnderTest().live(noAbilities).loses().fails().wait().succeeds(noAbilities);
    expect(dueAt(link.machine)).toBe(link.at + 10_000);
    expect(link.wait().loses().state).toMatchObject({ phase: 'recovering', attempt: 1 });
  });

  it.each([
    ['resumed', (link: MachineUnderTest) => link.loses().resumes(true), { resume: 1 }],
    [
      'rebuilt',
      (link: MachineUnderTest) => link.losesMedia().of('attempt', { type: 'picture' }),
      { rebuild: 1 },
    ],
    ['stalled', (link: MachineUnderTest) => link.stalls().of('leg', { type: 'flowing' }), { rebuild: 1 }],
  ])('A23: remembers what a link spent that is %s', (_, happen, spent) => {
    const link = new MachineUnderTest().live();
    happen(link);
    expect(link.machine).toMatchObject({ phase: 'live', budget: { spent, restoredAt: 10_000 } });
  });

  it('A22: counts on when one loss follows upon another', () => {
    const link = new MachineUnderTest().live().losesMedia().fails(mediaFailed).loses().resumes(false);
    expect(link.state).toMatchObject({ strategy: 'rebuild', attempt: 2 });
    expect(link.machine).toMatchObject({ spent: { resume: 1, rebuild: 1 } });
  });

  it('A21: used up in one episode does not block the next', () => {
    const link = new MachineUnderTest()
      .live(noAbilities)
      .loses()
      .exhaust()
      .wait()
      .succeeds(noAbilities)
      .wait();
    expect(link.loses().begun).toEqual(['rejoin to 0']);
  });
});

describe('the time of an episode', () => {
  it('A22: ends it in the middle of an attempt that hangs', () => {
    const link = new MachineUnderTest().live(noAbilities).loses();
    expect(dueAt(link.machine)).toBe(120_000);
    link.wait();
    expect(link.state).toMatchObject({ phase: 'failed', attempts: 1, nextAttemptAt: 150_000 });
    expect(link.ended).toEqual(['goodbye 2', 'close-leg 2', 'close-leg 1']);
  });

  it('A22: is not spent while a runner that is starting up is waited for', () => {
    const link = new MachineUnderTest().live(noAbilities).loses().pass(1_000);
    link.of('attempt', { type: 'stage', stage: 'waiting' });
    expect(dueAt(link.machine)).toBeNull();
    link.pass(170_000).of('attempt', { type: 'stage', stage: 'loading' });
    expect(dueAt(link.machine)).toBe(290_000);
  });

  it.each([
    ['it gives up', (link: MachineUnderTest) => link.fails({ kind: 'ready-timeout' })],
    [
      'the session turns out to be gone',
      (link: MachineUnderTest) => link.of('attempt', { type: 'resume-refused', reason: '' }),
    ],
    ['the session is there without its video', (link: MachineUnderTest) => link.resumes(false)],
  ])('A22: is not spent either when after that %s', (_, happen) => {
    const link = new MachineUnderTest().live().loses().of('attempt', { type: 'stage', stage: 'waiting' });
    link.pass(100_000);
    happen(link);
    expect(link.machine).toMatchObject({ phase: 'recovering', endsAt: 220_000 });
  });

  it('A22: is not spent either when a lost session is gone and no attempt of a new one is left', () => {
    const link = new MachineUnderTest().live(noAbilities, { places: 2 });
    for (let drop = 1; drop <= 4; drop += 1) {
      link.loses();
      if (drop > 1) link.wait();
      link.succeeds(drop < 4 ? noAbilities : able);
    }
    link.loses().of('attempt', { type: 'stage', stage: 'waiting' });
    const { at } = link.pass(100_000).of('attempt', { type: 'resume-refused', reason: '' });
    expect([link.ended, link.begun]).toEqual([['cut 6', 'close-leg 6'], ['migrate to 1']]);
    expect(link.machine).toMatchObject({ phase: 'recovering', endsAt: at + 120_000 });
  });

  it('A22: is over when its timer says so, also if the clock does not', () => {
    const link = new MachineUnderTest().live(noAbilities).loses();
    link.at = 119_999;
    expect(link.send({ type: 'wake', due: 120_000 }).state.phase).toBe('failed');
  });

  it('A22: is over as well when an attempt fails before the timer gets its turn', () => {
    const link = new MachineUnderTest().live(noAbilities).loses().pass(120_000).fails();
    expect([link.state.phase, link.begun]).toEqual(['failed', []]);
    const late = new MachineUnderTest().live().loses().pass(125_000).fails();
    expect([late.state.phase, late.begun]).toEqual(['failed', []]);
  });

  it('A22: leaves the last pause to its own end if that is nearer', () => {
    const link = new MachineUnderTest().live(noAbilities).loses().pass(119_500).fails();
    expect(link.state).toMatchObject({ phase: 'recovering', nextAttemptAt: 120_500 });
    expect(link.wait().state.phase).toBe('failed');
    expect(link.at).toBe(120_000);
  });

  it('is not moved by a timer that was set for a state of before', () => {
    const link = new MachineUnderTest().live(noAbilities).loses().fails();
    const before = link.machine;
    expect(link.send({ type: 'wake', due: 120_000 }).machine).toBe(before);
  });
});
