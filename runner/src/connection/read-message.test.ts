import { expect, it } from 'vitest';
import { readMessage } from './read-message.ts';

it('reads a message and tolerates fields it does not know', () => {
  const text = JSON.stringify({ type: 'ping', request_id: 'a', mood: 'fine' });
  expect(readMessage(text)).toEqual({ ok: true, value: { type: 'ping', request_id: 'a' } });
});

it.each([
  ['{', undefined, 'Invalid JSON: '],
  ['', undefined, 'Invalid JSON: '],
  ['null', undefined, 'Invalid message'],
  ['[]', undefined, 'Invalid message'],
  ['{"type":1}', undefined, 'Invalid message'],
  ['{"type":"warp","request_id":"a"}', 'a', 'Unknown message type: warp'],
  ['{"type":"offer","request_id":"a"}', 'a', 'Invalid offer: sdp: '],
  ['{"type":"offer","request_id":"a","sdp":""}'.replace('""', '1'), 'a', 'Invalid offer: sdp: '],
  ['{"type":"api","request_id":"a","method":"GET"}', 'a', 'Invalid api: path: '],
])('%s is answered with an error', (text, requestId, start) => {
  const read = readMessage(text);
  if (read.ok) throw new Error('it was taken for a message');
  expect(read.problem).toMatchObject({
    type: 'error',
    error: expect.stringMatching(new RegExp(`^${start}`)) as unknown,
  });
  expect('request_id' in read.problem ? read.problem.request_id : undefined).toBe(requestId);
});
