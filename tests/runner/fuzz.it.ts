import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../runner/src/clock.ts';
import { startRunner, type Runner } from '../../runner/src/start-runner.ts';
import type { ServerMessage } from '../../shared/wire/server-messages.ts';
import {
  apiCall,
  asPath,
  candidateMessages,
  frames,
  httpCall,
  requestPath,
  resumeHeaders,
} from './fuzz-inputs.ts';
import { fuzz, inputsTaken, seed } from './fuzz-rounds.ts';
import { damagedSdps } from './fuzz-sdp.ts';
import { goLive } from './go-live.ts';
import { RawSocket } from './raw-socket.ts';
import { childrenOf } from './session-process-of.ts';
import { SignallingClient } from './signalling-client.ts';
import { VideoClient } from './video-client.ts';

/** How many of each: a frame costs 30 µs, a call over HTTP 0.3 ms, an SDP 2 ms. */
const counts = {
  frames: 61_000,
  calls: 14_000,
  candidates: 10_000,
  bodies: 6000,
  paths: 4000,
  sdps: 3000,
  headers: 2000,
};
const limit = { timeout: 180_000 };

let runner: Runner;
let client: SignallingClient;
let token: string;
let offer: string;
let childrenBefore: number[];
let handlesBefore: string[];

beforeAll(async () => {
  console.log(`LINKSPAN_FUZZ_SEED=${seed}`);
  const video = new VideoClient();
  offer = await video.offer();
  video.close();
  childrenBefore = childrenOf(process.pid);
  handlesBefore = process.getActiveResourcesInfo().toSorted();
  // A second passes whenever it is looked at, so that nothing is refused for its rate before it is looked at.
  let seconds = 0;
  const now = (): number => {
    seconds += 1;
    return 1000 * seconds;
  };
  runner = await startRunner({ port: 0, logLevel: 'silent', slots: 2 }, { clock: { ...systemClock, now } });
  await arrive();
});

afterAll(() => runner.close());

async function arrive(): Promise<void> {
  client = await SignallingClient.connect(runner.url, { headers: { 'linkspan-resume': 'new' } });
  ({ resume_token: token = '' } = await client.hear('ready'));
}

/** @throws {Error} If the runner closes the connection: none of this is a reason to. */
async function unlessClosed<Value>(work: Promise<Value>): Promise<Value> {
  const { socket } = client;
  const { promise, reject } = Promise.withResolvers<never>();
  const closed = (code: number): void => reject(new Error(`closed with ${code}`));
  // A race with `client.closed`, which lasts, would keep what each race gave.
  socket.once('close', closed);
  try {
    return await Promise.race([work, promise]);
  } finally {
    socket.off('close', closed);
  }
}

function replies(messages: readonly object[]): Promise<ServerMessage[]> {
  return unlessClosed(Promise.all(messages.map((message) => client.ask(message))));
}

/** The runner still answers, and has failed at nothing; what it said so far is forgotten. */
async function stillThere(): Promise<void> {
  const [pong] = await replies([{ type: 'ping' }]);
  assert.equal(pong?.type, 'pong');
  const failure = client.heard.find(
    (message) => message.type === 'error' && message.error.startsWith('The runner failed'),
  );
  assert.equal(failure, undefined);
  client.heard.length = 0;
}

// In the rounds Node's own `assert`: each `expect` leaves some hundred bytes behind.
describe('S13: whatever comes, the runner answers it and keeps nothing of it', () => {
  it('frames of the socket', limit, async () => {
    await fuzz(counts.frames, frames, async (some) => {
      for (const frame of some) client.socket.send(frame);
      await stillThere();
    });
  });

  it('API calls over the socket', limit, async () => {
    await fuzz(counts.calls, apiCall, async (some) => {
      for (const answer of await replies(some.map((call) => ({ type: 'api', ...call })))) {
        // It refuses a call, or a message that is none; it does not fail at either.
        if (answer.type === 'api_response') assert.notEqual(answer.status, 500);
        else
          assert.match(
            answer.type === 'error' ? answer.error : answer.type,
            /^(Invalid api: |Too many messages)/,
          );
      }
      await stillThere();
    });
  });

  it('candidates, before an offer and after it', limit, async () => {
    let mediaId: string | null = null;
    await fuzz(
      counts.candidates,
      candidateMessages(() => [mediaId, null, 'none']),
      async (some) => {
        const messages = some.map((message) => ({ type: 'icecandidate', ...message }));
        const half = messages.length / 2;
        const answers = await replies([...messages.slice(0, half), { type: 'offer', sdp: offer }]);
        const answer = answers.pop();
        if (answer?.type !== 'answer') throw new Error(JSON.stringify(answer));
        mediaId = answer.sessionId;
        answers.push(...(await replies(messages.slice(half))));
        for (const { type } of answers) assert.match(type, /^(icecandidate_ack|error)$/);
        await client.api('DELETE', `/api/v1/webrtc/offer/${mediaId}`);
        mediaId = null;
        await stillThere();
      },
    );
  });

  it('API bodies over HTTP', limit, async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 8 });
    await fuzz(counts.bodies, httpCall, async (some) => {
      const statuses = some.map(async ({ method, path, body, contentType }) => {
        const headers = { 'content-type': contentType, 'content-length': Buffer.byteLength(body) };
        const sent = request(`${runner.httpUrl}${path}`, { method, agent, headers }).end(body);
        const [response] = (await once(sent, 'response')) as [IncomingMessage];
        response.resume();
        await once(response, 'end');
        return response.statusCode;
      });
      assert.ok(!(await Promise.all(statuses)).includes(500));
      await stillThere();
    });
    agent.destroy();
  });

  it('HTTP paths, and lines that are no HTTP', limit, async () => {
    await fuzz(counts.paths, requestPath, async (some) => {
      const statuses = some.map(async (text, index) => {
        const socket = await RawSocket.open(runner.port);
        // Each tenth is no request line at all, which may be refused or waited for the rest of.
        const isLine = index % 10 > 0;
        socket.send(`${isLine ? `GET ${asPath(text)} HTTP/1.1` : text}\r\nHost: localhost\r\n\r\n`);
        if (isLine) await socket.hear('\r\n\r\n');
        await socket.close();
        return isLine ? /^HTTP\/1\.1 (\d+) /.exec(socket.heard)?.[1] : '400';
      });
      for (const status of await Promise.all(statuses)) assert.match(status ?? 'none', /^(2..|4..|503)$/);
      await stillThere();
    });
  });

  it('SDPs, which do not even end their own session', limit, async () => {
    let crashes = 0;
    let mediaId = 'none';
    await fuzz(counts.sdps, damagedSdps(offer), async (some) => {
      let at = 0;
      const all = async (): Promise<void> => {
        for (; at < some.length; at += 1) {
          // Every other one takes the place of a live peer.
          const sessionId = at % 2 === 0 ? mediaId : undefined;
          // oxlint-disable-next-line no-await-in-loop -- one offer after the other
          const answer = await client.ask({ type: 'offer', sdp: some[at], sessionId });
          if (answer.type === 'answer') mediaId = answer.sessionId;
          else assert.ok(answer.type === 'error' && answer.code === 'BAD_OFFER' && answer.detail !== '');
        }
      };
      try {
        await unlessClosed(all());
      } catch (error) {
        crashes += 1;
        console.log(`${String(error)} at ${JSON.stringify(some[at])}`);
        await arrive();
      }
      await stillThere();
    });
    expect(crashes).toBe(0);
  });

  it('resume headers, none of which opens somebody’s session', limit, async () => {
    await fuzz(counts.headers, resumeHeaders(token), async (some) => {
      for (const header of some) {
        const options = { headers: { 'linkspan-resume': header } };
        // oxlint-disable-next-line no-await-in-loop -- one client after the other in the free slot
        const stranger = await SignallingClient.dial(runner.url, options);
        // oxlint-disable-next-line no-await-in-loop
        await stranger.hear('ready');
        assert.ok(stranger.heard.every(({ type }) => type !== 'resumed'));
        // oxlint-disable-next-line no-await-in-loop
        await stranger.close();
      }
      await stillThere();
    });
    const back = await SignallingClient.dial(runner.url, { headers: { 'linkspan-resume': token } });
    await back.hear('resumed');
    await back.close();
    expect((await client.closed).code).toBe(4001);
  });

  it('and afterwards it is as it was', limit, async () => {
    expect(inputsTaken()).toBe(100_000);
    expect((await fetch(`${runner.httpUrl}/health`)).status).toBe(200);
    await expect.poll(() => runner.sessions).toBe(0);
    const next = await SignallingClient.connect(runner.url);
    const video = await goLive(next);
    await expect.poll(() => video.frames, { timeout: 20_000 }).toBeGreaterThan(10);
    video.close();
    await next.close();
    await runner.close();
    expect(runner.sessions).toBe(0);
    expect(childrenOf(process.pid)).toEqual(childrenBefore);
    await expect.poll(() => process.getActiveResourcesInfo().toSorted()).toEqual(handlesBefore);
  });
});
