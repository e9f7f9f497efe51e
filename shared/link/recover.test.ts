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
import { defaultLinkPolicy } from './retry-policy.ts';

describe('signalling lost', () => {
  it('A17: is resumed at once while media goes on, and nothing of that is touched', () => {
    const link = new MachineUnderTest().live().loses();
    expect([link.ended, link.begun]).toEqual([['cut 1'], ['resume to 0']]);
    expect(link.state).toMatchObject({
      phase: 'recovering',
      strategy: 'resume',
      attempt: 1,
      media: 'flowing',
    });
    link.resumes(true);
    expect(link.machine).toMatchObject({ phase: 'live', socket: 2, leg: { generation: 1 }, can: able });
    expect([link.ended, link.begun, link.told]).toEqual([[], [], ['Session taken up again']]);
  });

  it('A54: says no more that media goes on once it has stopped', () => {
    const link = new MachineUnderTest().live().loses().stalls();
    expect(link.state).toMatchObject({ phase: 'recovering', media: 'stopped' });
    expect(link.of('leg', { type: 'flowing' }).state).toMatchObject({
      phase: 'recovering',
      media: 'flowing',
    });
    link.losesMedia();
    expect(link.ended).toEqual(['close-leg 1']);
    expect(link.state).toMatchObject({ phase: 'recovering', media: 'stopped' });
  });

  it.each([
    [
      'the runner has no media of it any more',
      (link: MachineUnderTest) => link.resumes(false),
      ['close-leg 1'],
    ],
    ['our side of it broke meanwhile', (link: MachineUnderTest) => link.losesMedia().resumes(true), []],
  ])('makes media anew over the resumed session when %s', (_, happen, ended) => {
    const link = new MachineUnderTest().live().loses();
    happen(link);
    expect([link.ended, link.begun]).toEqual([ended, ['build over 2']]);
    expect(link.state).toMatchObject({
      phase: 'recovering',
      strategy: 'rebuild',
      attempt: 1,
      media: 'stopped',
    });
    link.of('attempt', { type: 'picture' });
    expect(link.machine).toMatchObject({ phase: 'live', socket: 2, leg: { generation: 3 }, can: able });
  });

  it('A14: takes a resumed session whose media has stopped for stalled', () => {
    const link = new MachineUnderTest().live().loses().stalls().pass(500).resumes(true);
    expect(link.state).toMatchObject({ phase: 'degraded', reason: 'stalled' });
    expect(link.begun).toEqual(['build over 2']);
  });

  it('A21: makes a new session over the same socket when the runner refuses to resume, as an attempt of that', () => {
    const link = new MachineUnderTest().live().loses();
    link.of('attempt', { type: 'resume-refused', reason: 'too late' });
    expect([link.begun, link.ended]).toEqual([[], []]);
    expect(link.state).toMatchObject({ phase: 'recovering', strategy: 'rejoin', attempt: 1 });
    expect(link.succeeds().ended).toEqual(['close-leg 1']);
    expect(link.machine).toMatchObject({ phase: 'live', socket: 2, leg: { generation: 2 } });
  });

  it('A21: does not resume a session that the runner has refused to resume', () => {
    const link = new MachineUnderTest().live().loses();
    link.of('attempt', { type: 'resume-refused', reason: 'too late' }).fails(mediaFailed);
    expect(link.ended).toEqual(['goodbye 2', 'close-leg 2']);
    expect(link.wait().begun).toEqual(['rejoin to 0']);
  });

  it('A21: goes on as the next strategy at once when trying to resume is hopeless', () => {
    const link = new MachineUnderTest().live().loses().fails({ kind: 'unavailable', status: 503 }, true);
    expect(link.begun).toEqual(['rejoin to 0']);
    // A resume that fails must leave the session to whoever comes next.
    expect(link.ended).toEqual(['cut 2', 'close-leg 2']);
  });

  it('resumes no longer than the grace lasts since the loss', () => {
    const late = new MachineUnderTest().live({ graceMs: 3_000, rebuild: true }).loses().pass(2_900).fails();
    expect(late.state).toMatchObject({ strategy: 'resume', attempt: 2, nextAttemptAt: 3_900 });
    // By then it is over, and a first attempt of the next kind needs no pause.
    expect(late.wait().begun).toEqual(['rejoin to 0']);
    const later = new MachineUnderTest().live({ graceMs: 3_000, rebuild: true }).loses().pass(3_000).fails();
    expect(later.begun).toEqual(['rejoin to 0']);
  });

  it.each([null, 0])('makes a new session when the runner keeps none (grace %s)', (graceMs) => {
    expect(new MachineUnderTest().live({ graceMs, rebuild: true }).loses().begun).toEqual(['rejoin to 0']);
  });
});

describe('media lost', () => {
  it('A18: is made anew in the same session', () => {
    const link = new MachineUnderTest().live().losesMedia();
    expect([link.ended, link.begun]).toEqual([['close-leg 1'], ['build over 1']]);
    expect(link.state).toMatchObject({ phase: 'recovering', strategy: 'rebuild', stage: 'negotiating' });
    link.of('attempt', { type: 'picture' });
    expect(link.machine).toMatchObject({ phase: 'live', socket: 1, leg: { generation: 2 }, can: able });
    expect(link.ended).toEqual([]);
  });

  it('A22: has the attempts of the policy, then ends the session in order and makes a new one', () => {
    const link = new MachineUnderTest().live().losesMedia();
    for (let attempt = 1; attempt < 4; attempt += 1) {
      expect(link.fails(mediaFailed).ended).toEqual([`close-leg ${attempt + 1}`]);
      expect(link.wait().begun).toEqual(['build over 1']);
    }
    link.fails(mediaFailed);
    expect([link.ended, link.begun]).toEqual([['close-leg 5', 'goodbye 1'], ['rejoin to 0']]);
  });

  it('A25: is no longer made anew when signalling goes as well during a pause', () => {
    const link = new MachineUnderTest().live().losesMedia().fails(mediaFailed).loses();
    expect([link.ended, link.begun]).toEqual([['cut 1'], ['resume to 0']]);
    expect(link.state).toMatchObject({ phase: 'recovering', strategy: 'resume', fault: broken });
  });

  it('A25: is no longer made anew when signalling goes as well during an attempt', () => {
    const link = new MachineUnderTest().live().losesMedia().loses();
    expect([link.ended, link.begun]).toEqual([['close-leg 2', 'cut 1'], ['resume to 0']]);
  });

  it('A30: is given up when signalling ends for good meanwhile', () => {
    const link = new MachineUnderTest().live().losesMedia().loses(terminated);
    expect(link.state).toMatchObject({ phase: 'failed', fault: terminated, nextAttemptAt: null });
    expect(link.ended).toEqual(['close-leg 2', 'goodbye 1']);
  });
});

describe('escalation', () => {
  it('A21: goes from resume over rejoin to another endpoint, and stays there', () => {
    const link = new MachineUnderTest().live(able, { places: 2 }).loses().pass(20_000).fails();
    expect(link.begun).toEqual(['rejoin to 0']);
    for (let attempt = 1; attempt < 4; attempt += 1)
      expect(link.fails().wait().begun).toEqual(['rejoin to 0']);
    expect(link.fails().begun).toEqual(['migrate to 1']);
    expect(link.succeeds().told).toEqual(['Live on another runner']);
    expect(link.wait().loses().begun).toEqual(['resume to 1']);
  });

  it('A21: tries all other endpoints in turn', () => {
    const link = new MachineUnderTest().live(noAbilities, { places: 3 }).loses();
    const dials: string[] = [];
    while (link.machine.phase === 'recovering') {
      if (link.machine.step.kind === 'trying') link.fails();
      else link.wait();
      dials.push(...link.begun.filter((dial) => dial.startsWith('migrate')));
    }
    expect(dials).toEqual(['migrate to 1', 'migrate to 2', 'migrate to 1', 'migrate to 2']);
  });

  it('A22: sees exactly N attempts of each strategy, with its pauses, before it fails', () => {
    const policy = { ...defaultLinkPolicy, episodeMs: 1_000_000 };
    const link = new MachineUnderTest(policy).live(able, { places: 2 });
    const seen: string[] = [];
    for (link.loses(); link.machine.phase === 'recovering';) {
      const from = link.at;
      if (link.machine.step.kind === 'waiting') link.wait();
      seen.push(`${link.begun.join()} after ${link.at - from}`);
      link.fails();
      if (link.begun.length > 0) seen.push(`${link.begun.join()} after 0`);
      if (link.begun.length > 0) link.fails();
    }
    const of = (what: string) => [0, 1_000, 2_000, 4_000].map((pause) => `${what} after ${pause}`);
    expect(seen).toEqual([...of('resume to 0'), ...of('rejoin to 0'), ...of('migrate to 1')]);
    expect(link.state).toMatchObject({ phase: 'failed', attempts: 12, fault: refused });
    expect(link.told).toEqual(['Reconnection failed after 12 attempts']);
  });

  it('A33: stops at a refused token', () => {
    const link = new MachineUnderTest().live(noAbilities).loses().fails(unauthorised);
    expect(link.state).toMatchObject({ phase: 'failed', fault: unauthorised, nextAttemptAt: null });
  });

  it('tells what broke the link as long as it tries, and what keeps it from coming back once it has given up', () => {
    const link = new MachineUnderTest().live(noAbilities).loses().pass(300).fails();
    expect(link.state).toMatchObject({ phase: 'recovering', attempt: 2, fault: broken });
    const why = 'Nothing is listening at this address';
    expect(link.effects).toContainEqual({ type: 'tell', what: 'Attempt 1 failed', why, tookMs: 300 });
    expect(link.exhaust().state).toMatchObject({ phase: 'failed', fault: refused });
  });
});

describe('late reports', () => {
  it('A32: of an earlier socket, peer connection or attempt move nothing', () => {
    const link = new MachineUnderTest().live().loses().fails().wait().resumes(false);
    const before = link.machine;
    for (const generation of [0, 1, 2, 3, 99]) {
      link.send({ type: 'down', fault: unauthorised, generation });
      if (generation !== 3) expect(link.machine).toBe(before);
      link.machine = before;
      for (const news of [
        { type: 'picture' },
        { type: 'flowing' },
        { type: 'resumed', media: true },
      ] as const) {
        link.send({ ...news, generation });
        expect(link.machine).toBe(before);
        expect(link.effects).toEqual([]);
      }
    }
  });

  it('A26: a loss in the very tick of success starts a new episode', () => {
    const link = new MachineUnderTest()
      .live(noAbilities)
      .pass(50)
      .loses()
      .pass(50)
      .succeeds(noAbilities)
      .loses();
    expect(link.state).toMatchObject({ phase: 'recovering', strategy: 'rejoin', attempt: 2, since: 100 });
    expect(link.machine).toMatchObject({ endsAt: 120_100 });
  });
});
