import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import {
  maxJsonDepth,
  maxOpenRequests,
  maxPayloadBytes,
  maxReadBytes,
  messageRate,
  refusalRate,
} from '../../runner/src/connection/defaults.ts';
import { ManualClock } from '../../runner/src/fixtures/manual-clock.ts';
import { maxCandidates } from '../../runner/src/session/defaults.ts';
import { startRunner, type Runner } from '../../runner/src/start-runner.ts';
import type { ServerMessage } from '../../shared/wire/server-messages.ts';
import { RawSocket } from './raw-socket.ts';
import { processOf } from './session-process-of.ts';
import { SignallingClient } from './signalling-client.ts';
import { VideoClient } from './video-client.ts';

/** Stands still: no rate recovers unless the test turns it. */
let clock: ManualClock;
let runner: Runner;
let client: SignallingClient;

beforeEach(async () => {
  clock = new ManualClock();
  runner = await startRunner({ port: 0, logLevel: 'silent' }, { clock });
  client = await SignallingClient.connect(runner.url, { headers: { 'linkspan-resume': 'new' } });
});
afterEach(() => runner.close());

/** A frame of that many bytes, of a type that is not known. */
function frameOf(bytes: number): string {
  const frame = JSON.stringify({ type: 'x', more: '' });
  return frame.replace('""', `"${'x'.repeat(bytes - frame.length)}"`);
}

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

/** An SDP too long by one character. */
const longSdp = 'v=0\r\n'.padEnd(256 * 1024 + 1, 'x');

const candidate = { candidate: 'candidate:1 1 udp 1 127.0.0.1 9 typ host', sdpMid: '0', sdpMLineIndex: 0 };

function post(path: string, body: NonNullable<RequestInit['body']>): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(`${runner.httpUrl}${path}`, { method: 'POST', headers, body, duplex: 'half' });
}

const isRefused = (message: ServerMessage): boolean =>
  message.type === 'error' && message.code === 'RATE_LIMITED';

async function metrics(): Promise<string> {
  return (await fetch(`${runner.httpUrl}/metrics`)).text();
}

const count = (type: ServerMessage['type']): number =>
  client.heard.filter((message) => message.type === type).length;

/** The client was ended, not lost: its session is not there any more. */
async function expectNoWayBack(): Promise<void> {
  const { resume_token: token } = await client.hear('ready');
  const again = await SignallingClient.dial(runner.url, { headers: { 'linkspan-resume': token! } });
  expect(await again.hear('resume_failed')).toMatchObject({ reason: 'expired' });
}

describe('S13: a frame', () => {
  it('of 1 MiB is read; one byte more ends the session with TOO_LARGE and 1009', async () => {
    client.socket.send(frameOf(maxPayloadBytes));
    await client.hear('error', ({ error }) => error === 'Unknown message type: x');
    client.socket.send(frameOf(maxPayloadBytes + 1));
    expect((await client.hear('error', ({ code }) => code === 'TOO_LARGE')).error).toContain('1048577');
    expect(await client.closed).toEqual({ code: 1009, reason: 'message too large' });
    await expectNoWayBack();
  });

  it('above 2 MiB is not even read: 1009 alone', async () => {
    client.socket.send(frameOf(maxReadBytes + 1));
    expect((await client.closed).code).toBe(1009);
    expect(count('error')).toBe(0);
    await expectNoWayBack();
  });

  it('in more pieces than anybody needs ends the connection', async () => {
    for (let piece = 0; piece <= 16_384; piece += 1) client.socket.send('[', { fin: false });
    expect((await client.closed).code).toBe(1008);
  });

  it('too deep is refused with TOO_LARGE, and the connection goes on', async () => {
    client.socket.send(nested(maxJsonDepth));
    await client.hear('error', ({ error }) => error.startsWith('Invalid message: expected an object'));
    client.socket.send(nested(maxJsonDepth + 1));
    client.socket.send(
      `{"type":"api","request_id":"${'\\"['.repeat(20)}","body":${'[{"a":'.repeat(100_000)}`,
    );
    await expect
      .poll(() => client.heard.filter((message) => message.type === 'error' && message.code === 'TOO_LARGE'))
      .toHaveLength(2);
    expect(await client.ask({ type: 'ping' })).toMatchObject({ type: 'pong' });
  });
});

describe('S13: the rate', () => {
  it('is limited: what is too much is refused, each with its id, until there is room again', async () => {
    // One was for set_user_id.
    for (let sent = 1; sent < messageRate.burst; sent += 1) client.send({ type: 'ping' });
    client.send({ type: 'ping', request_id: 'over' });
    client.send({ type: 'api', request_id: 'over too', method: 'GET', path: '/health' });
    expect(await client.replyTo('over')).toMatchObject({ type: 'error', code: 'RATE_LIMITED' });
    expect(await client.replyTo('over too')).toMatchObject({ type: 'error', code: 'RATE_LIMITED' });
    await expect.poll(() => count('pong')).toBe(messageRate.burst - 1);
    clock.pass(1000);
    for (let sent = 0; sent < messageRate.perSecond; sent += 1) client.send({ type: 'ping' });
    client.send({ type: 'ping', request_id: 'over again' });
    expect(await client.replyTo('over again')).toMatchObject({ code: 'RATE_LIMITED' });
    await expect.poll(() => count('pong')).toBe(messageRate.burst - 1 + messageRate.perSecond);
    expect(count('error')).toBe(3);
  });

  it.each([
    ['text that is no JSON', '{', false],
    ['binary frames', Buffer.from('{"type":"ping"}'), true],
    ['unknown types', '{"type":"teleport"}', false],
    ['messages with fields missing', '{"type":"offer","request_id":"a"}', false],
  ])('of %s is limited too: one more than 200 ends the session with 1008', async (_name, frame, binary) => {
    for (let sent = 0; sent < refusalRate.burst; sent += 1) client.socket.send(frame, { binary });
    expect(await client.ask({ type: 'ping' })).toMatchObject({ type: 'pong' });
    expect(count('error')).toBe(refusalRate.burst);
    client.socket.send(frame, { binary });
    expect(await client.closed).toEqual({ code: 1008, reason: 'too many refused messages' });
    expect(client.heard.at(-1)).toMatchObject({ type: 'error', code: 'RATE_LIMITED' });
    await expectNoWayBack();
  });

  it('of a client that heeds no refusal costs it its session', async () => {
    const flood = messageRate.burst + refusalRate.burst + 1;
    for (let sent = 0; sent < 2 * flood; sent += 1) client.send({ type: 'ping' });
    expect((await client.closed).code).toBe(1008);
    // After the goodbye nothing is looked at, however much more comes.
    expect(client.heard.filter(isRefused)).toHaveLength(refusalRate.burst + 2);
    expect(await metrics()).toContain('linkspan_refusals_total{reason="limit"} 1\n');
    expect(runner.sessions).toBe(0);
  });
});

it('S13: more requests than 64 at a time are refused, and those before are answered', async () => {
  const pid = await processOf(client, runner);
  process.kill(pid, 'SIGSTOP');
  const load = { type: 'api', method: 'POST', path: '/api/v1/pipeline/load' };
  const replies = Array.from({ length: maxOpenRequests + 1 }, () =>
    client.ask({ ...load, body: { pipeline_id: 'passthrough' } }),
  );
  try {
    expect(await replies.at(-1)).toMatchObject({ type: 'error', code: 'RATE_LIMITED' });
    // A ping needs no place.
    expect(await client.ask({ type: 'ping' })).toMatchObject({ type: 'pong' });
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  for (const reply of (await Promise.all(replies)).slice(0, -1)) {
    expect(reply).toMatchObject({ type: 'api_response', status: 200 });
  }
  expect(await client.api('GET', '/api/v1/pipeline/status')).toMatchObject({ status: 200 });
});

describe('S13: an SDP above 256 KiB', () => {
  it('is refused with TOO_LARGE over the socket, and the connection goes on', async () => {
    const reply = await client.ask({ type: 'offer', sdp: longSdp });
    expect(reply).toMatchObject({ type: 'error', code: 'TOO_LARGE' });
    expect(await client.ask({ type: 'offer', sdp: longSdp.slice(0, -1) })).toMatchObject({
      error: 'Offer failed: 400',
      code: 'BAD_OFFER',
    });
  });

  it('is refused over HTTP', async () => {
    const response = await post('/api/v1/webrtc/offer', JSON.stringify({ sdp: longSdp }));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'TOO_LARGE' });
  });
});

describe('S13: more candidates than 200', () => {
  it('are refused while there is no offer yet', async () => {
    for (let told = 0; told < maxCandidates; told += 1) {
      client.send({ type: 'icecandidate', request_id: `c${told}`, candidate });
      if (told % 50 === 49) {
        // oxlint-disable-next-line no-await-in-loop -- no more at a time than may be under way
        await client.replyTo(`c${told}`);
      }
    }
    expect(count('icecandidate_ack')).toBe(maxCandidates);
    expect(await client.ask({ type: 'icecandidate', candidate })).toMatchObject({
      type: 'error',
      error: 'Candidate refused: more than 200 candidates',
    });
  });

  it('are refused for a media session, by socket and by HTTP together', async () => {
    const video = new VideoClient();
    onTestFinished(() => video.close());
    const answer = await client.ask({ type: 'offer', sdp: await video.offer() });
    if (answer.type !== 'answer') throw new Error(JSON.stringify(answer));
    const patch = async (): Promise<number> => {
      const response = await fetch(`${runner.httpUrl}/api/v1/webrtc/offer/${answer.sessionId}`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ candidates: Array.from({ length: 64 }, () => candidate) }),
      });
      return response.status;
    };
    expect([await patch(), await patch(), await patch()]).toEqual([204, 204, 204]);
    for (let told = 3 * 64; told < maxCandidates; told += 1) {
      // oxlint-disable-next-line no-await-in-loop -- the last of them fills the measure
      const reply = await client.ask({ type: 'icecandidate', candidate, sessionId: answer.sessionId });
      expect(reply.type).toBe('icecandidate_ack');
    }
    expect(await patch()).toBe(400);
    expect(await client.ask({ type: 'icecandidate', candidate })).toMatchObject({ type: 'error' });
  });
});

describe('S13: a body over HTTP', () => {
  const path = '/api/v1/pipeline/load';

  it.each([
    ['of 1 MiB and one byte', maxPayloadBytes + 1],
    ['of 64 MiB', 64 * maxPayloadBytes],
  ])('%s is refused with 413 and TOO_LARGE', async (_name, bytes) => {
    const response = await post(path, 'x'.repeat(bytes));
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ code: 'TOO_LARGE' });
  });

  it('that does not say how long it is is refused when it turns out too long', async () => {
    let left = 64;
    const stream = new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array(maxPayloadBytes / 2));
        left -= 1;
        if (left === 0) controller.close();
      },
    });
    const response = await post(path, stream);
    expect(response.status).toBe(413);
  });

  it('of 1 MiB is read', async () => {
    const body = `${nested(maxJsonDepth)}${' '.repeat(maxPayloadBytes)}`.slice(0, maxPayloadBytes);
    expect((await post(path, body)).status).toBe(400);
    expect(await (await post(path, body)).json()).not.toHaveProperty('code');
  });

  it('too deep is refused with TOO_LARGE', async () => {
    const response = await post(path, nested(maxJsonDepth + 1));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'TOO_LARGE' });
  });
});

it('S13: headers above 16 KiB are refused', async () => {
  const socket = await RawSocket.open(runner.port);
  socket.send(`GET /health HTTP/1.1\r\nHost: localhost\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`);
  await socket.hear('431 Request Header Fields Too Large');
  await socket.close();
});

it('S13: every refusal for a limit is counted', async () => {
  client.socket.send(frameOf(maxPayloadBytes + 1));
  await client.closed;
  const text = await metrics();
  expect(text).toContain('linkspan_refusals_total{reason="limit"} 1\n');
  expect(text).toContain('linkspan_sessions_ended_total{reason="too-large"} 1\n');
});
