import { describe, expect, it } from 'vitest';
import { Parameters } from './parameters.ts';

function sent(parameters: Parameters): unknown[] {
  const texts: unknown[] = [];
  parameters.flush((text) => {
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
    expect(parameters.takeAll()).toEqual({ ink: [0, 0, 0], strength: 1, paper: [1, 1, 1] });
  });

  it('A36: hands out copies as well', () => {
    const parameters = new Parameters();
    parameters.replace({ ink: [0, 0, 0] });
    (parameters.takeAll().ink as number[])[0] = 9;
    expect(parameters.takeAll()).toEqual({ ink: [0, 0, 0] });
  });

  it('merges changes while no channel is open, the last write winning, and sends them as one', () => {
    const parameters = new Parameters();
    parameters.replace({ strength: 1, prompt: 'a' });
    parameters.takeAll();
    parameters.merge({ strength: 2, prompt: 'b' });
    parameters.flush(() => false);
    parameters.merge({ strength: 3, gain: 1 });
    expect(sent(parameters)).toEqual([{ strength: 3, prompt: 'b', gain: 1 }]);
    expect(sent(parameters)).toEqual([]);
  });

  it('sends nothing again that the offer has carried', () => {
    const parameters = new Parameters();
    parameters.replace({ strength: 1 });
    parameters.merge({ strength: 2 });
    expect(parameters.takeAll()).toEqual({ strength: 2 });
    expect(sent(parameters)).toEqual([]);
  });

  it('forgets everything when it is replaced', () => {
    const parameters = new Parameters();
    parameters.replace({ strength: 1 });
    parameters.merge({ gain: 5 });
    parameters.replace({ palette: 2 });
    expect(parameters.takeAll()).toEqual({ palette: 2 });
  });
});
