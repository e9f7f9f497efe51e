import fc, { type Arbitrary } from 'fast-check';

/** What a hostile or broken client sends. All of it comes from one seed; see `fuzz.it.ts`. */

const anyText = fc.oneof(
  fc.string({ maxLength: 200 }),
  fc.string({ unit: 'binary', maxLength: 100 }),
  fc.string({ unit: 'grapheme', maxLength: 100 }),
  // Lone halves of surrogate pairs, which JSON and UTF-8 treat differently.
  fc.string({
    unit: fc.integer({ min: 0xd800, max: 0xdfff }).map((code) => String.fromCharCode(code)),
    maxLength: 4,
  }),
  fc.constantFrom(
    '',
    '__proto__',
    'constructor',
    '\0',
    '../../etc/passwd',
    '%2e%2e%2f',
    '\u2028',
    '9'.repeat(400),
  ),
);

const oddNumber = fc.constantFrom(-1, 0, 1.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308, 5e-324);

const anyValue: Arbitrary<unknown> = fc.oneof(fc.jsonValue({ maxDepth: 4 }), anyText, oddNumber);

/** Up to the depth that is read, and beyond: then the answer cannot say to which request it is. */
const deepText = fc.integer({ min: 20, max: 60 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth));

interface Damage {
  kind: 'cut' | 'end' | 'insert' | 'repeat' | 'swap' | 'number';
  /** Where, in thousandths of the text. */
  at: number;
  length: number;
  text: string;
}

const damage: Arbitrary<Damage> = fc.record({
  kind: fc.constantFrom('cut', 'end', 'insert', 'repeat', 'swap', 'number'),
  at: fc.nat(999),
  length: fc.integer({ min: 1, max: 24 }),
  text: fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom('"', '{', '}', '\\', '\r\n', '\0', '\u{1f3a5}', ' ', '/', '%', '%2f', '%ff'),
  ),
});

function harm(text: string, { kind, at, length, text: more }: Damage): string {
  const place = Math.floor((at * text.length) / 1000);
  const rest = text.slice(place + length);
  switch (kind) {
    case 'cut':
      return text.slice(0, place) + rest;
    case 'end':
      return text.slice(0, place);
    case 'insert':
      return text.slice(0, place) + more + text.slice(place);
    case 'repeat':
      return text.slice(0, place + length) + text.slice(place);
    case 'swap':
      return (
        text.slice(0, place) + rest.slice(0, length) + text.slice(place, place + length) + rest.slice(length)
      );
    case 'number':
      return text.slice(0, place) + text.slice(place).replace(/-?\d+/, `${(length - 12) ** 9}`);
    default:
      kind satisfies never;
      return text;
  }
}

/** One of these texts, damaged in one to four places. */
export function damaged(texts: readonly string[]): Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...texts), fc.array(damage, { minLength: 1, maxLength: 4 }))
    .map(([text, damages]) => damages.reduce(harm, text));
}

/** One of these objects, with some of its fields replaced by whatever. */
function distorted(objects: readonly Record<string, unknown>[]): Arbitrary<string> {
  return fc
    .tuple(
      fc.constantFrom(...objects),
      fc.dictionary(fc.constantFrom(...fieldsOf(objects)), anyValue, { maxKeys: 3 }),
    )
    .map(([object, fields]) => JSON.stringify({ ...object, ...fields }));
}

function fieldsOf(objects: readonly Record<string, unknown>[]): string[] {
  return [...new Set(objects.flatMap((object) => Object.keys(object))), 'more', '__proto__'];
}

const candidate = {
  candidate:
    'candidate:842163049 1 udp 1677729535 127.0.0.1 46154 typ host generation 0 ufrag a network-cost 999',
  sdpMid: '0',
  sdpMLineIndex: 0,
};

/** Nothing here may succeed in starting a process, or the runner would do little else; SDPs come apart. */
const messages = [
  { type: 'set_user_id', user_id: 'somebody' },
  { type: 'get_ice_servers', request_id: 'a' },
  {
    type: 'offer',
    request_id: 'b',
    sdp_type: 'offer',
    initialParameters: { strength: 1, ink: [0, 1, 0] },
    sdp: 1,
  },
  { type: 'icecandidate', request_id: 'c', sessionId: 'none', candidate },
  { type: 'api', request_id: 'd', method: 'GET', path: '/api/v1/pipelines', body: { a: [1] } },
  { type: 'ping', request_id: 'e' },
];

export type Frame = string | Uint8Array;

export const frames: Arbitrary<Frame> = fc.oneof(
  { weight: 3, arbitrary: damaged(messages.map((message) => JSON.stringify(message))) },
  { weight: 2, arbitrary: distorted(messages) },
  { weight: 1, arbitrary: fc.oneof(anyText, deepText) },
  { weight: 1, arbitrary: fc.json({ maxDepth: 6 }) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
);

/** @param known Ids of the session, and whatever else is worth a try. */
export function candidateMessages(known: () => readonly (string | null)[]): Arbitrary<object> {
  return fc.record({
    sessionId: fc.oneof(
      fc.nat(9).map((index) => known()[index % known().length]),
      anyText,
    ),
    candidate: fc.oneof(
      {
        weight: 4,
        arbitrary: damaged([candidate.candidate]).map((text) => ({ ...candidate, candidate: text })),
      },
      {
        weight: 3,
        arbitrary: fc.record({
          candidate: fc.oneof(fc.constant(candidate.candidate), anyText),
          sdpMid: fc.oneof(fc.constantFrom('0', '1', null), anyText),
          sdpMLineIndex: fc.oneof(fc.nat(3), oddNumber, fc.constant(null)),
        }),
      },
      { weight: 1, arbitrary: anyValue },
    ),
  });
}

const paths = [
  '/health',
  '/health/ready',
  '/metrics',
  '/openapi.json',
  '/api/v1/pipelines',
  '/api/v1/models',
  '/api/v1/pipeline/status',
  '/api/v1/pipeline/load',
  '/api/v1/session',
  '/api/v1/session/snapshots',
  '/api/v1/session/snapshots/3f0c',
  '/api/v1/webrtc/offer/3f0c',
  '/r/some-runner/ws',
];

const bodies = [
  { pipeline_id: 'no such', parameters: { strength: 1, prompt: 'x' } },
  { candidates: [candidate] },
  { sdp: 1, type: 'offer', initialParameters: { a: 1 }, connection_id: 'x', sessionId: 'y' },
  { _base64_content: 'AAAA', _content_type: 'image/png' },
];

/** A segment that the runner decodes. */
const encodedId = fc
  .tuple(
    fc.constantFrom('/api/v1/session/snapshots/', '/api/v1/webrtc/offer/'),
    fc.string({ unit: fc.constantFrom('%', '2', 'f', 'e', '.', '%2f', '%00', '%c3', 'z') }),
  )
  .map(([place, id]) => place + id);

export const requestPath = fc.oneof(
  { weight: 1, arbitrary: encodedId },
  { weight: 4, arbitrary: damaged(paths) },
  { weight: 1, arbitrary: fc.constantFrom(...paths) },
  { weight: 1, arbitrary: fc.webUrl({ withQueryParameters: true, withFragments: true }) },
  { weight: 1, arbitrary: anyText },
);

const method = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('GET', 'POST', 'PATCH', 'DELETE') },
  { weight: 1, arbitrary: fc.constantFrom('PUT', 'get', 'TRACE', '') },
);

const body: Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: damaged(bodies.map((object) => JSON.stringify(object))) },
  { weight: 3, arbitrary: distorted(bodies) },
  { weight: 1, arbitrary: fc.oneof(anyText, deepText) },
  { weight: 1, arbitrary: fc.json({ maxDepth: 6 }) },
);

/** A call over the socket; its body is whatever JSON. */
export const apiCall = fc.record({
  method: fc.oneof(method, anyText),
  path: fc.oneof(fc.constantFrom(...paths), requestPath),
  body: fc.oneof(fc.constantFrom(...bodies), distorted(bodies).map(parsed), anyValue),
});

/** A call over HTTP at a place that there is; its body is whatever bytes. */
export const httpCall = fc.record({
  method,
  path: fc.constantFrom(...paths, '/api/v1/webrtc/offer', '/api/v1/webrtc/ice-servers'),
  body,
  contentType: fc.constantFrom('application/json', 'application/json; charset=utf-16', 'image/png', 'x'),
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Values that HTTP lets pass in a header; the token is one that opens a session, and none of these is it. */
export function resumeHeaders(token: string): Arbitrary<string> {
  const latin = fc.string({
    unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)),
  });
  return fc
    .oneof(
      { weight: 4, arbitrary: damaged([token]) },
      { weight: 2, arbitrary: latin },
      {
        weight: 1,
        arbitrary: fc.constantFrom('new', 'NEW', 'new,new', '', 'null', 'undefined', '__proto__'),
      },
      { weight: 1, arbitrary: fc.integer({ min: 2, max: 64 }).map((times) => token.repeat(times)) },
    )
    .map((value) => value.replaceAll(/[^\x20-\x7e\x80-\xff]/g, '').trim())
    .filter((value) => value !== token);
}

/** A request line's path: what is no visible character of ASCII is written as HTTP has it. */
export function asPath(text: string): string {
  const visible = text.replaceAll(/[^!-~]/gu, (character) =>
    [...Buffer.from(character)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  );
  return /^(\/|https?:)/.test(visible) ? visible : `/${visible}`;
}
