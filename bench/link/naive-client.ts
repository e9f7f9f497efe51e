import { WebSocket } from 'ws';
import type { MediaPort, RunnerLeg } from '../../main/link/media-port.ts';
import { pipelineId, type Client, type Mark } from './client.ts';

const retryMs = 1_000;

interface Reply {
  type: string;
  request_id?: string;
  status?: number;
  sdp?: string;
  error?: string;
}

/**
 * What one writes first: a new session one second after the socket closed or the peer connection failed, over and
 * over, at the next address if there are several. No heartbeat, no watchdog, no resuming. The protocol, the relay
 * and the page are those of the link it is compared with, so that only the policy differs.
 */
export class NaiveClient implements Client {
  readonly marks: Mark[] = [];
  readonly told = [];
  attempts = 0;
  readonly #media: MediaPort;
  #urls: readonly string[] = [];
  #session: NaiveSession | null = null;
  #timer: NodeJS.Timeout | null = null;
  #dialled = 0;

  constructor(media: MediaPort) {
    this.#media = media;
  }

  attachPage(offer: string): Promise<string> {
    return this.#media.attachPage(offer);
  }

  start(urls: readonly string[]): void {
    this.#urls = urls;
    this.#dial();
  }

  async close(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    const session = this.#session;
    this.#session = null;
    session?.end();
    await this.#media.dispose();
  }

  #dial(): void {
    const url = this.#urls[this.#dialled++ % this.#urls.length]!;
    const session = new NaiveSession(this.#media, url, {
      live: () => this.#session === session && this.#mark(true, 'live'),
      lost: (why) => {
        if (this.#session !== session) return;
        this.#session = null;
        session.end();
        this.#mark(false, why);
        this.#timer = setTimeout(() => this.#again(), retryMs);
      },
    });
    this.#session = session;
  }

  #again(): void {
    this.attempts += 1;
    this.#dial();
  }

  #mark(isLive: boolean, note: string): void {
    this.marks.push({ at: performance.now(), isLive, note });
  }
}

interface NaiveListener {
  live(): unknown;
  lost(why: string): void;
}

/** One socket and one peer connection, from the dial to whatever ends either. */
class NaiveSession {
  readonly #socket: WebSocket;
  readonly #media: MediaPort;
  readonly #listener: NaiveListener;
  readonly #replies = new Map<string, (reply: Reply) => void>();
  #requests = 0;
  #leg: RunnerLeg | null = null;
  #isOver = false;

  constructor(media: MediaPort, url: string, listener: NaiveListener) {
    this.#media = media;
    this.#listener = listener;
    this.#socket = new WebSocket(url);
    // Whatever it was, `close` follows.
    this.#socket.on('error', () => undefined);
    this.#socket.on('close', (code) => listener.lost(`the socket closed with ${code}`));
    this.#socket.on('message', (data: Buffer) => this.#heard(JSON.parse(data.toString()) as Reply));
  }

  end(): void {
    this.#isOver = true;
    this.#socket.terminate();
    void this.#leg?.close();
  }

  #heard(message: Reply): void {
    if (message.type === 'ready')
      this.#negotiate().catch((error: unknown) => this.#listener.lost(String(error)));
    this.#replies.get(message.request_id ?? '')?.(message);
  }

  #ask(message: object): Promise<Reply> {
    const id = `n${++this.#requests}`;
    this.#socket.send(JSON.stringify({ ...message, request_id: id }));
    return new Promise((resolve) => this.#replies.set(id, resolve));
  }

  async #negotiate(): Promise<void> {
    this.#socket.send(JSON.stringify({ type: 'set_user_id', user_id: 'bench' }));
    const body = { pipeline_id: pipelineId };
    const loaded = await this.#ask({ type: 'api', method: 'POST', path: '/api/v1/pipeline/load', body });
    if (loaded.status !== 200) throw new Error('the pipeline was not loaded');
    const leg = await this.#media.connectRunner({
      iceServers: [],
      loopbackOnly: true,
      exchange: async (sdp) => {
        const answer = await this.#ask({ type: 'offer', sdp, sdp_type: 'offer' });
        if (answer.sdp === undefined) throw new Error(answer.error);
        return answer.sdp;
      },
      listener: {
        connected: () => undefined,
        failed: (detail) => this.#listener.lost(detail),
        channelOpen: () => undefined,
        channelClosed: () => undefined,
        message: () => undefined,
        firstFrame: () => this.#listener.live(),
        // On one machine the candidates in the offer do.
        candidate: () => undefined,
      },
    });
    if (this.#isOver) await leg.close();
    else this.#leg = leg;
  }
}
