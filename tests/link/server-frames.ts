import fc, { type Arbitrary } from 'fast-check';
import type { ServerMessage } from '../../shared/wire/server-messages.ts';

/** What a hostile or broken runner sends. Addresses in it lead nowhere but to this machine. */
const address = fc.constantFrom(
  '',
  'nonsense',
  'javascript:alert(1)',
  'ws://127.0.0.1:1/ws',
  'ws://[::1]:1/ws',
  'ws://127.0.0.1:99999/ws',
  'http://me:you@127.0.0.1/',
);
const odd = fc.oneof(
  fc.constantFrom<unknown>(null, true, '', 0, -1, 1e308, [], {}, 'x'.repeat(5_000), '\u0000', '__proto__'),
  fc.jsonValue({ maxDepth: 2 }),
);
const id = fc.oneof(fc.integer({ min: 0, max: 40 }).map(String), fc.string());
const text = fc.string({ maxLength: 20 });

/** Each type with fields as they should be, of which `spoil` replaces some. */
const wellFormed: Record<ServerMessage['type'], Record<string, Arbitrary<unknown>>> = {
  ready: {
    connection_id: text,
    capabilities: fc.subarray(['resume', 'rebuild', 'goaway', 'frames', 'later']),
    resume_token: text,
    grace_ms: fc.constantFrom(-1, 0, 5_000, 1e300),
    resume_url: address,
  },
  user_id_set: { user_id: text },
  ice_servers: { request_id: id, data: fc.constant({ iceServers: [{ urls: 'stun:127.0.0.1:1' }] }) },
  answer: { request_id: id, sdp: text, sessionId: text },
  icecandidate_ack: { request_id: id, status: text },
  api_response: { request_id: id, status: fc.integer({ min: 0, max: 600 }), data: odd, error: odd },
  pong: { request_id: id },
  error: {
    error: text,
    code: fc.constantFrom(undefined, 'ACCESS_DENIED', 'NO_FREE_SLOT', 'PIPELINE_FAILED', 'X'),
    request_id: fc.option(id, { nil: undefined }),
    detail: odd,
  },
  logs: { lines: fc.array(text, { maxLength: 3 }) },
  credits_exhausted: {},
  stream_terminated: { reason: text },
  resumed: { session_id: text, media: fc.boolean() },
  resume_failed: { reason: text },
  goaway: {
    deadline_ms: fc.constantFrom(-1, 0, 10_000, 1e300),
    endpoint: fc.option(address, { nil: undefined }),
  },
  frames: { in: fc.nat(), out: fc.nat(), repeated: fc.nat(), inference_ms: fc.option(fc.double()) },
  notice: { code: text, in_ms: fc.integer() },
};

const message = fc
  .constantFrom(...Object.entries(wellFormed))
  .chain(([type, fields]) =>
    fc.record({
      type: fc.constant(type),
      fields: fc.record(fields),
      spoil: fc.oneof(
        { weight: 3, arbitrary: fc.constant({}) },
        {
          weight: 1,
          arbitrary: fc.dictionary(fc.constantFrom('type', 'x', ...Object.keys(fields)), odd, { maxKeys: 2 }),
        },
      ),
    }),
  )
  .map(({ type, fields, spoil }) => JSON.stringify({ type, ...fields, ...spoil }));

/** Null: the connection breaks off. */
export type ServerFrame = string | Uint8Array | null;

export const serverFrame: Arbitrary<ServerFrame> = fc.oneof(
  { weight: 12, arbitrary: message },
  { weight: 2, arbitrary: odd.map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.string({ maxLength: 200 }) },
  { weight: 1, arbitrary: message.map((whole) => whole.slice(0, whole.length / 2)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
  { weight: 1, arbitrary: fc.constant(null) },
);
