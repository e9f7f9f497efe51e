import { describe, expect, it } from 'vitest';
import { MachineUnderTest, noAbilities } from './fixtures/machine-under-test.ts';
import type { Fault } from './fault.ts';

describe('another pipeline while live', () => {
  const change = (): MachineUnderTest =>
    new MachineUnderTest().live().start({ change: 'pipeline', pipelineId: 'thermal' });

  it('loads it on the same connection and stays live', () => {
    const link = change();
    expect(link.state).toMatchObject({ phase: 'live', loading: 'thermal' });
    expect(link.effects).toContainEqual({ type: 'load', generation: 1, pipelineId: 'thermal' });
    expect([link.begun, link.ended]).toEqual([[], []]);
    expect(link.of('socket', { type: 'loaded', pipelineId: 'thermal' }).state).toMatchObject({
      loading: null,
    });
  });

  it('tells when it cannot be loaded, and goes on with the one before', () => {
    const fault: Fault = { kind: 'pipeline-failed', detail: 'no memory' };
    const link = change().of('socket', { type: 'load-refused', pipelineId: 'thermal', fault });
    expect(link.state).toMatchObject({ phase: 'live', loading: null });
    expect(link.effects.map(({ type }) => type)).toEqual(['tell', 'notice']);
  });

  it('waits for the last of several choices', () => {
    const link = change().start({ change: 'pipeline', pipelineId: 'echo' });
    expect(link.of('socket', { type: 'loaded', pipelineId: 'thermal' }).state).toMatchObject({
      loading: 'echo',
    });
  });

  it('A66: is said to have failed when the runner goes down over it, and the link recovers as from any loss', () => {
    const link = change().loses();
    expect(link.state).toMatchObject({ phase: 'recovering', strategy: 'resume', attempt: 1 });
    expect(link.effects).toContainEqual({ type: 'notice', text: expect.stringContaining('thermal') });
    expect(link.resumes(true).state).toMatchObject({ phase: 'live', loading: null });
  });

  it('goes on loading beside a stall and a peer connection that replaces the first', () => {
    const link = change().stalls();
    expect(link.state).toMatchObject({ phase: 'degraded', loading: 'thermal' });
    link.of('attempt', { type: 'picture' });
    expect(link.state).toMatchObject({ phase: 'live', loading: 'thermal' });
  });

  it('is lost with the runner that is left', () => {
    const link = change().of('socket', { type: 'goaway', deadlineMs: 60_000, place: null, places: 1 });
    expect(link.succeeds().state).toMatchObject({ phase: 'live', loading: null });
    expect(link.effects.some(({ type }) => type === 'notice')).toBe(true);
  });
});

describe('a start that changes nothing but parameters', () => {
  it('leaves a live link and one that is being made alone', () => {
    const link = new MachineUnderTest().start().start({ change: 'parameters' });
    expect(link.effects).toEqual([]);
    expect(link.succeeds().start({ change: 'parameters' }).effects).toEqual([]);
  });

  it('is an attempt at once in a pause', () => {
    const link = new MachineUnderTest().live(noAbilities).loses().fails();
    expect(link.start({ change: 'parameters' }).begun).toEqual(['rejoin to 0']);
  });

  it('A21: tells a live link of endpoints that it may fall back to by now', () => {
    const link = new MachineUnderTest().live(noAbilities).start({ change: 'parameters', places: 2 });
    link.loses();
    for (let attempt = 1; attempt < 4; attempt += 1) link.fails().wait();
    expect(link.fails().begun).toEqual(['migrate to 1']);
  });
});
