import { describe, expect, it } from 'vitest';
import type { ParameterValues } from '../../shared/wire/parameters.ts';
import { ParameterOutbox } from './parameter-outbox.ts';

function outbox() {
  const sent: [string, ParameterValues][] = [];
  const turns: (() => void)[] = [];
  const box = new ParameterOutbox(
    (pipelineId, values) => sent.push([pipelineId, values]),
    (run) => turns.push(run),
  );
  return { box, sent, turn: () => turns.shift()?.(), waiting: () => turns.length };
}

describe('ParameterOutbox', () => {
  it('sends the first change at once: the app may end the moment after', () => {
    const { box, sent } = outbox();
    box.put('sketch', { strength: 1 });
    expect(sent).toEqual([['sketch', { strength: 1 }]]);
  });

  it('sends what follows once per turn, last write wins', () => {
    const { box, sent, turn, waiting } = outbox();
    for (const strength of [0.1, 0.2, 0.3]) box.put('sketch', { strength });
    box.put('sketch', { threshold: 5 });
    expect([sent.length, waiting()]).toEqual([1, 1]);
    turn();
    expect(sent.slice(1)).toEqual([['sketch', { strength: 0.3, threshold: 5 }]]);
  });

  it('sends nothing twice, and rests when there is nothing to send', () => {
    const { box, sent, turn, waiting } = outbox();
    box.put('sketch', { strength: 1 });
    box.flush();
    turn();
    expect([sent.length, waiting()]).toEqual([1, 0]);
  });

  it('keeps pipelines apart', () => {
    const { box, sent, turn } = outbox();
    box.put('sketch', { strength: 1 });
    box.put('sketch', { strength: 2 });
    box.put('thermal', { gain: 2 });
    turn();
    expect(sent.slice(1)).toEqual([
      ['sketch', { strength: 2 }],
      ['thermal', { gain: 2 }],
    ]);
  });

  it('sends what waits before the link starts or moves', () => {
    const { box, sent } = outbox();
    box.put('sketch', { strength: 1 });
    box.put('sketch', { strength: 2 });
    box.flush();
    expect(sent).toEqual([
      ['sketch', { strength: 1 }],
      ['sketch', { strength: 2 }],
    ]);
  });
});
