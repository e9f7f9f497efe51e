import { describe, expect, it } from 'vitest';
import { Parameters, type ParameterFeed } from './parameters.ts';

function sent(feed: ParameterFeed): unknown[] {
  const texts: unknown[] = [];
  feed.flush((text) => {
    texts.push(JSON.parse(text));
    return true;
  });
  return texts;
}

describe('Parameters', () => {
  it('A36: keeps a copy: mutating the caller’s object changes nothing', () => {
    const parameters = new Parameters();
    const given = { ink: [0, 0, 0], strength: 1 };
    const changed = { paper: [1, 1, 1] };
    parameters.replace(given);
    parameters.merge(changed);
    given.ink[0] = 9;
    given.strength = 9;
    changed.paper[0] = 9;
    expect(parameters.feed().takeAll()).toEqual({ ink: [0, 0, 0], strength: 1, paper: [1, 1, 1] });
  });

  it('A36: hands out copies as well', () => {
    const parameters = new Parameters();
    parameters.replace({ ink: [0, 0, 0] });
    (parameters.feed().takeAll().ink as number[])[0] = 9;
    expect(parameters.feed().takeAll()).toEqual({ ink: [0, 0, 0] });
  });

  it('merges changes while no channel is open, the last write winning, and sends them as one', () => {
    const parameters = new Parameters();
    const feed = parameters.feed();
    parameters.replace({ strength: 1, prompt: 'a' });
    feed.takeAll();
    parameters.merge({ strength: 2, prompt: 'b' });
    feed.flush(() => false);
    parameters.merge({ strength: 3, gain: 1 });
    expect(sent(feed)).toEqual([{ strength: 3, prompt: 'b', gain: 1 }]);
    expect(sent(feed)).toEqual([]);
  });

  it('sends nothing again that the offer has carried', () => {
    const parameters = new Parameters();
    parameters.replace({ strength: 1 });
    parameters.merge({ strength: 2 });
    const feed = parameters.feed();
    expect(feed.takeAll()).toEqual({ strength: 2 });
    expect(sent(feed)).toEqual([]);
  });

  it('forgets everything when it is replaced', () => {
    const parameters = new Parameters();
    parameters.replace({ strength: 1 });
    parameters.merge({ gain: 5 });
    parameters.replace({ palette: 2 });
    expect(parameters.feed().takeAll()).toEqual({ palette: 2 });
  });

  it('A35: tells each peer connection of every change once, whatever another was told', () => {
    const parameters = new Parameters();
    parameters.replace({ strength: 1 });
    const [old, standby] = [parameters.feed(), parameters.feed()];
    old.takeAll();
    standby.takeAll();
    parameters.merge({ strength: 2 });
    expect(sent(old)).toEqual([{ strength: 2 }]);
    expect(sent(standby)).toEqual([{ strength: 2 }]);
  });

  it('takes over another set with what its runner has not heard yet, and no more', () => {
    const [running, loaded] = [new Parameters(), new Parameters()];
    running.replace({ strength: 1 });
    const feed = running.feed();
    feed.takeAll();
    loaded.replace({ palette: 2, low: 0 });
    const told = loaded.feed();
    told.takeAll();
    loaded.merge({ low: 1 });
    running.adopt(loaded, told);
    expect(sent(feed)).toEqual([{ low: 1 }]);
    expect(running.feed().takeAll()).toEqual({ palette: 2, low: 1 });
  });

  it('A14: knows whether the user has paused the pipeline', () => {
    const parameters = new Parameters();
    parameters.replace({ paused: true });
    expect(parameters.paused).toBe(true);
    parameters.merge({ paused: false });
    expect(parameters.paused).toBe(false);
  });
});
