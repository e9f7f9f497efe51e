import { describe, expect, it } from 'vitest';
import { readResponse } from './response-body.ts';

const mebibyte = 1024 * 1024;

/** An endless stream that counts what was taken from it. */
function endless(): { stream: ReadableStream<Uint8Array>; taken: () => number; cancelled: () => boolean } {
  let taken = 0;
  let cancelled = false;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      taken += mebibyte;
      controller.enqueue(new Uint8Array(mebibyte));
    },
    cancel() {
      cancelled = true;
    },
  });
  return { stream, taken: () => taken, cancelled: () => cancelled };
}

describe('the body of a protocol.handle answer', () => {
  it('is collected from a stream', async () => {
    const { status, body } = await readResponse(new Response('hello', { status: 201 }), null);
    expect([status, body.toString()]).toEqual([201, 'hello']);
  });

  it('of an open-ended range is cut and says so, and the rest is never produced', async () => {
    const { stream, taken, cancelled } = endless();
    const headers = { 'content-range': 'bytes 100-99999999999/100000000000', 'content-length': '1' };
    const answer = await readResponse(new Response(stream, { status: 206, headers }), 'bytes=100-');
    expect(answer.body.length).toBe(8 * mebibyte);
    expect(answer.headers.get('content-range')).toBe(`bytes 100-${100 + 8 * mebibyte - 1}/100000000000`);
    expect(answer.headers.get('content-length')).toBe(String(8 * mebibyte));
    expect(taken()).toBeLessThan(16 * mebibyte);
    expect(cancelled()).toBe(true);
  });

  it('of a closed range comes whole', async () => {
    const headers = { 'content-range': 'bytes 0-3/10' };
    const { body, headers: sent } = await readResponse(
      new Response('abcd', { status: 206, headers }),
      'bytes=0-3',
    );
    expect([body.toString(), sent.get('content-range')]).toEqual(['abcd', 'bytes 0-3/10']);
  });

  it('that is too large to hand over is refused', async () => {
    await expect(readResponse(new Response(endless().stream), null)).rejects.toThrow('answer range requests');
  });
});
