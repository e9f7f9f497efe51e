import { describe, expect, it } from 'vitest';
import type { ParameterValues } from '../../shared/wire/parameters.ts';
import { ParameterOutbox } from './parameter-outbox.ts';

function outbox() {
  const sent: [string, ParameterValues][] = [];
  const frames: (() => void)[] = [];
  const box = new ParameterOutbox(
    (pipelineId, values) => sent.push([pipelineId, values]),
    (run) => frames.push(run),
  );
  return { box, sent, frame: () => frames.shift()?.(), waiting: () => frames.length };
}

describe('ParameterOutbox', () => {
  it('sends once per frame, last write wins', () => {
    const { box, sent, frame, waiting } = outbox();
    for (const strength of [0.1, 0.2, 0.3]) box.put('sketch', { strength });
    box.put('sketch', { threshold: 5 });
    expect([sent.length, waiting()]).toEqual([0, 1]);
    frame();
    expect(sent).toEqual([['sketch', { strength: 0.3, threshold: 5 }]]);
  });

  it('sends nothing twice', () => {
    const { box, sent, frame } = outbox();
    box.put('sketch', { strength: 1 });
    box.flush();
    frame();
    expect(sent).toHaveLength(1);
  });

  it('keeps pipelines apart', () => {
    const { box, sent, frame } = outbox();
    box.put('sketch', { strength: 1 });
    box.put('thermal', { gain: 2 });
    frame();
    expect(sent).toEqual([
      ['sketch', { strength: 1 }],
      ['thermal', { gain: 2 }],
    ]);
  });

  it('asks for a frame again after one has passed', () => {
    const { box, sent, frame } = outbox();
    box.put('sketch', { strength: 1 });
    frame();
    box.put('sketch', { strength: 2 });
    frame();
    expect(sent).toHaveLength(2);
  });
});
