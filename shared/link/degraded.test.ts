import { describe, expect, it } from 'vitest';
import {
  able,
  MachineUnderTest,
  mediaFailed,
  noAbilities,
  refused,
  terminated,
  unauthorised,
} from './fixtures/machine-under-test.ts';
import { pictureOf } from './picture-of.ts';

describe('stalled', () => {
  it('A14, A18: makes a second peer connection beside the first, which stays', () => {
    const link = new MachineUnderTest().live().stalls();
    expect(link.state).toMatchObject({ phase: 'degraded', reason: 'stalled' });
    expect([link.ended, link.begun]).toEqual([[], ['build over 1']]);
    expect(pictureOf(link.state)).toBe('last');
  });

  it('A14, A15: goes on with the first if that delivers first; the runner lets go of it for the second', () => {
    const link = new MachineUnderTest().live().stalls().of('attempt', { type: 'offered' });
    link.of('leg', { type: 'flowing' });
    expect(link.machine).toMatchObject({ phase: 'live', socket: 1, leg: { generation: 1, flow: 'flowing' } });
    expect([link.ended, link.begun]).toEqual([[], []]);
    link.of('attempt', { type: 'picture' });
    expect(link.machine).toMatchObject({ phase: 'live', socket: 1, leg: { generation: 2 } });
    expect([link.ended, link.begun]).toEqual([['close-leg 1'], []]);
  });

  it('A14, A24: drops the second if the first comes back before the runner was asked for another', () => {
    const link = new MachineUnderTest().live().stalls().of('leg', { type: 'flowing' });
    expect(link.machine).toMatchObject({ phase: 'live', leg: { generation: 1 }, step: { kind: 'resting' } });
    expect([link.ended, link.begun]).toEqual([['close-leg 2'], []]);
  });

  it('A15: loses nothing when the second cannot be made and the first delivers again', () => {
    const link = new MachineUnderTest().live().stalls().of('attempt', { type: 'offered' });
    link.of('leg', { type: 'flowing' }).fails(mediaFailed);
    expect(link.machine).toMatchObject({ phase: 'live', leg: { generation: 1 }, step: { kind: 'resting' } });
    expect([link.ended, link.begun]).toEqual([['close-leg 2'], []]);
  });

  it('A14: goes on with the second when the first stops once more', () => {
    const link = new MachineUnderTest().live().stalls().of('attempt', { type: 'offered' });
    link.of('leg', { type: 'flowing' }).stalls();
    expect(link.state).toMatchObject({ phase: 'degraded', reason: 'stalled' });
    expect([link.ended, link.begun]).toEqual([[], []]);
    link.of('leg', { type: 'flowing' }).losesMedia();
    expect(link.state).toMatchObject({ phase: 'recovering', strategy: 'rebuild', attempt: 1 });
    expect(link.of('attempt', { type: 'picture' }).machine).toMatchObject({ leg: { generation: 2 } });
  });

  it('A22: does not count a second that was begun over a socket that was dead', () => {
    const link = new MachineUnderTest().live().stalls().loses();
    expect(link.begun).toEqual(['resume to 0']);
    expect(link.resumes(true).begun).toEqual(['build over 3']);
  });

  it('A14, A16: goes on with the second if that delivers first, and closes the first', () => {
    const link = new MachineUnderTest().live().stalls().of('attempt', { type: 'picture' });
    expect(link.machine).toMatchObject({ phase: 'live', socket: 1, leg: { generation: 2, flow: 'flowing' } });
    expect([link.ended, link.begun]).toEqual([['close-leg 1'], []]);
    expect(link.machine).toMatchObject({ can: able, budget: { spent: { rebuild: 1 } } });
  });

  it('A24: waits for the first on and on when the second fails, and needs nothing else if it comes back', () => {
    const link = new MachineUnderTest().live().stalls().pass(200).fails(mediaFailed);
    expect(link.ended).toEqual(['close-leg 2']);
    const paused = { phase: 'recovering', strategy: 'rebuild', attempt: 2, nextAttemptAt: 1_200 };
    expect(link.state).toMatchObject({ ...paused, media: 'stopped', since: 0 });
    link.of('leg', { type: 'flowing' });
    expect(link.machine).toMatchObject({ phase: 'live', socket: 1, leg: { generation: 1 }, can: able });
    expect([link.ended, link.begun]).toEqual([[], []]);
  });

  it('A24: is live again when the first comes back during the next attempt', () => {
    const link = new MachineUnderTest().live().stalls().fails(mediaFailed).wait();
    expect(link.begun).toEqual(['build over 1']);
    link.of('attempt', { type: 'offered' });
    expect(link.of('leg', { type: 'flowing' }).ended).toEqual([]);
    expect(link.machine).toMatchObject({ phase: 'live', leg: { generation: 1 }, step: { generation: 3 } });
  });

  it('A24: goes on with the session when the first comes back before a new session is made', () => {
    const link = new MachineUnderTest().live(noAbilities).loses().succeeds();
    link.stalls().fails(mediaFailed);
    for (let attempt = 2; attempt <= 4; attempt += 1) link.wait().fails(mediaFailed);
    expect(link.state).toMatchObject({ phase: 'recovering', strategy: 'rejoin', attempt: 2 });
    link.of('leg', { type: 'flowing' });
    expect(link.machine).toMatchObject({ phase: 'live', socket: 2, leg: { generation: 2 } });
  });

  it('pauses before the second when attempts were made already, and makes it in its time', () => {
    const link = new MachineUnderTest().live().losesMedia().of('attempt', { type: 'picture' }).stalls();
    expect(link.begun).toEqual([]);
    expect(link.machine).toMatchObject({ phase: 'degraded', step: { kind: 'waiting', until: 1_000 } });
    expect(link.wait().begun).toEqual(['build over 1']);
  });

  it('A22: makes a new session when no attempt beside is left', () => {
    const link = new MachineUnderTest().live();
    for (let stall = 1; stall <= 4; stall += 1) {
      link.stalls();
      if (stall > 1) link.wait();
      link.of('leg', { type: 'flowing' });
    }
    expect(link.stalls().begun).toEqual(['rejoin to 0']);
    expect(link.ended).toEqual(['goodbye 1', 'close-leg 1']);
  });

  it('goes on with the second as the only one when the first is gone', () => {
    const link = new MachineUnderTest().live().stalls().losesMedia();
    expect([link.ended, link.begun]).toEqual([['close-leg 1'], []]);
    expect(link.state).toMatchObject({
      phase: 'recovering',
      strategy: 'rebuild',
      attempt: 1,
      media: 'stopped',
    });
    link.of('attempt', { type: 'picture' });
    expect(link.machine).toMatchObject({ phase: 'live', socket: 1, leg: { generation: 2 } });
  });

  it('A25: resumes when signalling is lost as well, with the first as it was', () => {
    const link = new MachineUnderTest().live().stalls().loses();
    expect([link.ended, link.begun]).toEqual([['close-leg 2', 'cut 1'], ['resume to 0']]);
    expect(link.state).toMatchObject({ phase: 'recovering', media: 'stopped' });
    expect(link.machine).toMatchObject({ leg: { generation: 1 } });
  });
});

describe('stalled, with a runner that cannot replace a peer connection', () => {
  it('A14: waits until 3 s of silence are full, then makes media anew', () => {
    const link = new MachineUnderTest().live(noAbilities).pass(10_000).stalls(1_000);
    expect(link.begun).toEqual([]);
    expect(link.machine).toMatchObject({ phase: 'degraded', step: { kind: 'waiting', until: 12_000 } });
    expect(link.wait().begun).toEqual(['build over 1']);
    expect(link.state).toMatchObject({ phase: 'recovering', strategy: 'rebuild', attempt: 1, since: 10_000 });
  });

  it('A15: is live again without any attempt when the picture comes back before that', () => {
    const link = new MachineUnderTest().live(noAbilities).stalls().of('leg', { type: 'flowing' });
    expect(link.state.phase).toBe('live');
    expect([link.ended, link.begun]).toEqual([[], []]);
    expect(link.machine).toMatchObject({ budget: { spent: { rebuild: 0 } } });
  });

  it('A14: counts the silence while the session was being resumed', () => {
    const can = { graceMs: 15_000, rebuild: false };
    const link = new MachineUnderTest().live(can).loses().stalls().pass(2_500).resumes(true, can);
    expect(link.machine).toMatchObject({ phase: 'degraded', step: { kind: 'waiting', until: 3_000 } });
  });
});

describe('a runner that is about to go', () => {
  const leaving = (place: number | null = null, places = 1, can = able) =>
    new MachineUnderTest()
      .live(can, { places })
      .of('socket', { type: 'goaway', deadlineMs: 60_000, place, places });

  it('makes a session elsewhere while the old one delivers, and leaves that in order', () => {
    const link = leaving(1, 2);
    expect(link.state).toMatchObject({ phase: 'degraded', reason: 'leaving' });
    expect([link.ended, link.begun]).toEqual([[], ['migrate to 1']]);
    expect(pictureOf(link.state)).toBe('live');
    link.succeeds();
    expect(link.machine).toMatchObject({ phase: 'live', place: 1, socket: 2, leg: { generation: 2 } });
    expect(link.ended).toEqual(['close-leg 1', 'goodbye 1']);
  });

  it.each([
    ['goes where the runner says', leaving(2, 3), 'migrate to 2'],
    ['goes to the next when it names none', leaving(null, 3), 'migrate to 1'],
    ['goes to the same address when there is no other', leaving(null, 1), 'migrate to 0'],
  ])('%s', (_, link, begun) => {
    expect(link.begun).toEqual([begun]);
  });

  it('is told once', () => {
    const link = leaving(1, 2);
    const before = link.machine;
    link.of('socket', { type: 'goaway', deadlineMs: 1_000, place: 1, places: 2 });
    expect([link.machine, link.effects]).toEqual([before, []]);
  });

  it('A22: is left with the attempts of the policy, each to the next place, and then waited for', () => {
    const link = leaving(1, 3);
    const dials = [1, 2, 3].flatMap(() => link.fails().wait().begun);
    expect(dials).toEqual(['migrate to 2', 'migrate to 1', 'migrate to 2']);
    link.fails();
    expect(link.machine).toMatchObject({ phase: 'degraded', reason: 'leaving', step: { kind: 'resting' } });
    expect(link.loses().state).toMatchObject({ phase: 'recovering', strategy: 'resume' });
  });

  it('A33: dials a place no more that refused the token, and goes on for as long as the runner stays', () => {
    const link = leaving(1, 2).fails(unauthorised);
    expect(link.machine).toMatchObject({ phase: 'degraded', reason: 'leaving', step: { kind: 'resting' } });
  });

  it('goes on with what is made elsewhere when signalling is lost before it is there', () => {
    const link = leaving(1, 2).loses();
    expect([link.ended, link.begun]).toEqual([['cut 1'], []]);
    expect(link.state).toMatchObject({
      phase: 'recovering',
      strategy: 'migrate',
      attempt: 1,
      media: 'flowing',
    });
    link.succeeds();
    expect(link.machine).toMatchObject({ phase: 'live', place: 1, socket: 2, leg: { generation: 2 } });
    expect(link.ended).toEqual(['close-leg 1']);
  });

  it('goes on with what is made elsewhere when media is lost before it is there, and then leaves in order', () => {
    const link = leaving(1, 2).losesMedia();
    expect([link.ended, link.begun]).toEqual([['close-leg 1'], []]);
    expect(link.state).toMatchObject({ phase: 'recovering', strategy: 'migrate', media: 'stopped' });
    expect(link.succeeds().ended).toEqual(['goodbye 1']);
    expect(link.machine).toMatchObject({ phase: 'live', socket: 2, leg: { generation: 2 } });
  });

  it('goes on with what is made elsewhere when both are lost', () => {
    const link = leaving(1, 2).losesMedia().loses();
    expect(link.ended).toEqual(['cut 1']);
    expect(link.machine).toMatchObject({ phase: 'recovering', strategy: 'migrate', socket: null, leg: null });
    expect(link.fails().begun).toEqual([]);
    expect(link.wait().begun).toEqual(['migrate to 1']);
  });

  it('A22: does not count what was waited for elsewhere before the link was lost', () => {
    const link = leaving(1, 2).of('attempt', { type: 'stage', stage: 'waiting' }).pass(30_000).loses();
    link.of('attempt', { type: 'stage', stage: 'loading' });
    expect(link.machine).toMatchObject({ phase: 'recovering', endsAt: 150_000 });
  });

  it('A54: says that the picture stopped if it does so before the runner goes, and goes on moving', () => {
    const link = leaving(1, 2).stalls();
    expect(link.state).toMatchObject({
      phase: 'recovering',
      strategy: 'migrate',
      media: 'stopped',
      fault: { kind: 'media-stalled' },
    });
    expect(link.of('leg', { type: 'flowing' }).state).toMatchObject({ phase: 'degraded', reason: 'leaving' });
    expect(link.of('attempt', { type: 'picture' }).state.phase).toBe('live');
  });

  it('A54: a picture that stood still when the runner said that it goes is not taken for live', () => {
    const link = new MachineUnderTest().live(able, { places: 2 }).stalls();
    link.of('socket', { type: 'goaway', deadlineMs: 10_000, place: 1, places: 2 });
    expect(link.state).toMatchObject({ phase: 'recovering', strategy: 'migrate', media: 'stopped' });
  });

  it('drops what was being made beside a stalled picture', () => {
    const link = new MachineUnderTest().live().stalls();
    link.of('socket', { type: 'goaway', deadlineMs: 60_000, place: null, places: 1 });
    expect([link.ended, link.begun]).toEqual([['close-leg 2'], ['migrate to 0']]);
  });

  it('A30: ends with the reason when the runner ends it for good', () => {
    const link = leaving(1, 2).loses(terminated);
    expect(link.state).toMatchObject({ phase: 'failed', fault: terminated });
    expect(link.ended).toEqual(['goodbye 2', 'close-leg 2', 'goodbye 1', 'close-leg 1']);
  });

  it('A19: leaves nothing behind when it is stopped meanwhile', () => {
    const link = leaving(1, 2).send({ type: 'stop' });
    expect(link.ended).toEqual(['goodbye 2', 'close-leg 2', 'goodbye 1', 'close-leg 1']);
    expect(link.send({ type: 'down', generation: 2, fault: refused }).effects).toEqual([]);
  });
});
