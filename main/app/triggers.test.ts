import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { LinkPhase } from '../../shared/link/state.ts';
import { ManualClock } from '../../tests/link/manual-clock.ts';
import { reachableBy } from './interface-watch.ts';
import { sleptBetween } from './sleep-watch.ts';
import { Triggers } from './triggers.ts';

/** A clock of a machine that can sleep: the wall clock goes on, the other one does not. */
class SleepyClock extends ManualClock {
  #slept = 0;

  override now(): number {
    return super.now() + this.#slept;
  }

  sleep(ms: number): void {
    this.#slept += ms;
  }
}

const wifi = { address: '192.168.1.20', internal: false };
const home = { lo: [{ address: '127.0.0.1', internal: true }], wlan0: [wifi] };
const lte = { ...home, wlan0: [], wwan0: [{ address: '100.64.3.9', internal: false }] };

function setUp(first: LinkPhase = 'idle') {
  const power = new EventEmitter();
  const clock = new SleepyClock();
  const nudges: string[] = [];
  const notes: string[] = [];
  const world = { phase: first, interfaces: home as typeof home & Partial<typeof lte>, reads: 0 };
  const triggers = new Triggers({
    power,
    readInterfaces: () => {
      world.reads += 1;
      return world.interfaces;
    },
    clock,
    phase: () => world.phase,
    nudge: (cause) => nudges.push(cause),
    note: (text) => notes.push(text),
  });
  const enter = (phase: LinkPhase): void => {
    world.phase = phase;
    triggers.follow(phase);
  };
  enter(first);
  return { power, clock, nudges, notes, world, triggers, enter };
}

describe('A31: power events', () => {
  it.each<LinkPhase>(['connecting', 'live', 'degraded', 'recovering', 'failed'])(
    'waking up is told to a link that is %s',
    (phase) => {
      const { power, nudges } = setUp(phase);
      power.emit('suspend');
      expect(nudges).toEqual([]);
      power.emit('resume');
      expect(nudges).toEqual(['sleep']);
    },
  );

  it.each<[LinkPhase, string[]]>([
    ['idle', []],
    ['connecting', []],
    ['live', []],
    ['degraded', []],
    ['recovering', ['sleep']],
    ['failed', ['sleep']],
  ])('an unlocked screen matters only to a link that waits (%s)', (phase, told) => {
    const { power, nudges } = setUp(phase);
    power.emit('unlock-screen');
    expect(nudges).toEqual(told);
  });
});

describe('A31: the window’s online and offline', () => {
  it('tells that the network is back, once, and only after it was gone', () => {
    const { triggers, nudges, notes } = setUp('recovering');
    triggers.networkChanged(true);
    expect(nudges).toEqual([]);
    triggers.networkChanged(false);
    triggers.networkChanged(false);
    expect(nudges).toEqual([]);
    expect(notes).toEqual(['there is no network']);
    triggers.networkChanged(true);
    triggers.networkChanged(true);
    expect(nudges).toEqual(['network']);
  });
});

describe('A31: the interfaces', () => {
  it('are looked at every 2 s while the link is not well, and a change is told once', () => {
    const { enter, clock, nudges, world } = setUp();
    enter('recovering');
    clock.advance(10_000);
    expect(nudges).toEqual([]);
    expect(world.reads).toBe(7);
    world.interfaces = lte;
    clock.advance(10_000);
    expect(nudges).toEqual(['network']);
  });

  it.each<LinkPhase>(['idle', 'live'])('are left alone while the link is %s', (phase) => {
    const { enter, clock, world, triggers } = setUp('recovering');
    enter(phase);
    const { reads } = world;
    clock.advance(20_000);
    for (let second = 0; second < 20; second += 1) triggers.follow(phase);
    expect(world.reads).toBe(reads);
  });

  it('that changed while the link was live are noticed with its loss', () => {
    const { enter, clock, nudges, world } = setUp('connecting');
    enter('live');
    for (let second = 0; second < 3_600; second += 1) {
      clock.advance(1_000);
      enter('live');
    }
    world.interfaces = lte;
    for (let second = 0; second < 10; second += 1) {
      clock.advance(1_000);
      enter('live');
    }
    enter('degraded');
    expect(nudges).toEqual([]);
    clock.advance(0);
    expect(nudges).toEqual(['network']);
  });

  it('that changed long before the loss are not its cause', () => {
    const { enter, clock, nudges, world } = setUp('live');
    world.interfaces = lte;
    for (let second = 0; second < 120; second += 1) {
      clock.advance(1_000);
      enter('live');
    }
    enter('degraded');
    clock.advance(10_000);
    expect(nudges).toEqual([]);
  });

  it('are the same in another order, with another hardware address, and with what leads nowhere', () => {
    const linkLocal = [
      { address: 'fe80::42:acff:fe11:2', internal: false, mac: '02:42:ac:11:00:02' },
      { address: '169.254.7.7', internal: false },
    ];
    const more = {
      veth12: linkLocal,
      wlan0: [...linkLocal, { ...wifi, mac: 'aa:bb:cc:dd:ee:ff' }],
      lo: home.lo,
    };
    expect(reachableBy(more)).toBe(reachableBy(home));
    expect(reachableBy(lte)).not.toBe(reachableBy(home));
    expect(reachableBy({})).not.toBe(reachableBy(home));
  });
});

describe('A31: clocks that jump', () => {
  it('show a sleep that nobody told of', () => {
    const { clock, nudges, notes } = setUp('live');
    clock.advance(60_000);
    expect(nudges).toEqual([]);
    clock.sleep(8 * 3_600_000);
    clock.advance(1_000);
    expect(nudges).toEqual(['sleep']);
    expect(notes).toEqual(['the clocks jumped: the system slept']);
    clock.advance(60_000);
    expect(nudges).toEqual(['sleep']);
  });

  it('show it also where every clock went on and only the timer is late', () => {
    const { clock, nudges } = setUp('recovering');
    clock.block(20_000);
    expect(nudges).toEqual(['sleep']);
  });

  it.each([
    ['a timer that is a little late', { now: 4_000, monotonic: 4_000 }, false],
    ['a clock that was set by a little', { now: 5_900, monotonic: 1_000 }, false],
    ['a clock that was set back', { now: -9_000, monotonic: 1_000 }, true],
    ['a machine that slept', { now: 7_000, monotonic: 1_000 }, true],
    ['a timer that is late', { now: 6_100, monotonic: 6_100 }, true],
  ])('%s', (_what, after, slept) => {
    expect(sleptBetween({ now: 0, monotonic: 0 }, after, 1_000)).toBe(slept);
  });

  it('are not looked at while the link is idle', () => {
    const { clock, enter } = setUp('live');
    enter('idle');
    expect(clock.pending).toBe(0);
  });
});

describe('A31: one event that several notice', () => {
  it('is told once', () => {
    const { clock, power, triggers, nudges, enter } = setUp('live');
    triggers.networkChanged(false);
    clock.sleep(60_000);
    power.emit('resume');
    triggers.networkChanged(true);
    enter('recovering');
    power.emit('unlock-screen');
    clock.advance(5_000);
    expect(nudges).toEqual(['sleep']);
    power.emit('unlock-screen');
    expect(nudges).toEqual(['sleep', 'sleep']);
  });

  it('no timer is left when it is over', () => {
    const { clock, enter, triggers } = setUp();
    enter('recovering');
    expect(clock.pending).toBe(2);
    triggers.stop();
    expect(clock.pending).toBe(0);
  });
});
