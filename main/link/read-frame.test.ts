import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFrame } from './read-frame.ts';

describe('readFrame', () => {
  it('reads a message and lets unknown fields pass', () => {
    const frame = readFrame('{"type":"ready","connection_id":"c1","later":true}');
    expect(frame).toMatchObject({ kind: 'message', message: { type: 'ready', capabilities: [] } });
  });

  it('A50: tolerates a type of a later protocol', () => {
    expect(readFrame('{"type":"weather","wind":3}')).toEqual({ kind: 'unknown', type: 'weather' });
  });

  it('says which request a misshapen reply belongs to', () => {
    expect(readFrame('{"type":"answer","request_id":"7","sessionId":"s"}')).toEqual({
      kind: 'unreadable',
      requestId: '7',
      detail: 'answer: sdp is missing or of the wrong kind',
    });
  });

  it.each(['', 'null', '[]', '7', '{"type":7}', '{', '"ready"'])('tolerates %s', (text) => {
    expect(readFrame(text).kind).toBe('unreadable');
  });

  it('never throws, whatever comes', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => readFrame(text).kind.length > 0));
  });
});
