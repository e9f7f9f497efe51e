import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildSdp, type LocalStream } from '../../main/relay/sdp/build.ts';
import type { SessionDescription, Setup } from '../../main/relay/sdp/description.ts';
import { parseSdp } from '../../main/relay/sdp/parse.ts';
import { restrictOffer } from '../../main/relay/sdp/restrict.ts';
import { PeerTransport, type TransportListener } from '../../main/relay/transport/peer-transport.ts';

const chromiumOffer = readFileSync(
  path.join(import.meta.dirname, '../../main/relay/sdp/fixtures/chromium-156-video.sdp'),
  'utf8',
);

/**
 * A page or a runner without libwebrtc: it connects and sends the packets that a test hands it, nothing by itself.
 * For what is about packets and sockets, where a browser would only be in the way.
 */
export class PlainPeer {
  readonly transport: PeerTransport;
  readonly received: Buffer[] = [];
  readonly control: Buffer[] = [];
  readonly failures: string[] = [];
  readonly connected: Promise<void>;
  readonly #stream: LocalStream;
  #waiting: (() => void)[] = [];

  private constructor(transport: PeerTransport, connected: Promise<void>, stream: LocalStream) {
    this.transport = transport;
    this.connected = connected;
    this.#stream = stream;
  }

  /** @param onlyFrom The one address that it hears; without it all are heard. */
  static async create(
    role: 'page' | 'runner',
    stream: Partial<LocalStream> = {},
    onlyFrom?: string,
  ): Promise<PlainPeer> {
    let peer: PlainPeer | null = null;
    let settle: { connected: () => void; failed: (error: Error) => void } | undefined;
    const connected = new Promise<void>((resolve, reject) => {
      settle = { connected: resolve, failed: reject };
    });
    connected.catch(() => undefined);
    const listener: TransportListener = {
      connected: () => settle?.connected(),
      failed: (detail) => {
        peer?.failures.push(detail);
        settle?.failed(new Error(detail));
      },
      rtp: (packet, end) => peer?.hear('received', Buffer.from(packet.subarray(0, end))),
      rtcp: (packet) => peer?.hear('control', Buffer.from(packet)),
      candidate: () => undefined,
    };
    const transport = await PeerTransport.create({
      addresses: ['127.0.0.1'],
      bindTo: '127.0.0.1',
      iceServers: [],
      controlling: role === 'page',
      ...(onlyFrom === undefined ? {} : { peerAddress: onlyFrom }),
      listener,
    });
    peer = new PlainPeer(transport, connected, { ssrc: 500, rtxSsrc: 501, msid: 'plain', ...stream });
    return peer;
  }

  /** As a page would offer. */
  offer(): string {
    return this.#describe(restrictOffer(parseSdp(chromiumOffer)), 'offer', 'actpass');
  }

  /** As a page, once it has the relay's answer. */
  accept(answer: string): void {
    const remote = parseSdp(answer);
    this.transport.connect(remote, 'active', remote.candidates);
  }

  /** As a runner that knows no data channels: answers and starts to connect. */
  answer = async (offer: string): Promise<string> => this.#answerAs('active', offer);

  /** The same towards a page that insists on opening DTLS. */
  answerPassively = async (offer: string): Promise<string> => this.#answerAs('passive', offer);

  #answerAs(setup: 'active' | 'passive', offer: string): string {
    const remote = parseSdp(offer);
    const sections = remote.sections.map((section) =>
      section.kind === 'application' ? { ...section, port: 0 } : section,
    );
    const bundle = sections.filter(({ port }) => port > 0).map(({ mid }) => mid);
    this.transport.connect(remote, setup, remote.candidates);
    return this.#describe({ ...remote, sections, bundle }, 'answer', setup);
  }

  /** @param packet A plain packet; a copy of it is sent. */
  send(packet: Buffer): void {
    this.transport.sendRtp(Buffer.from(packet), packet.length);
  }

  async until(kind: 'received' | 'control', count: number): Promise<void> {
    while (this[kind].length < count) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  hear(kind: 'received' | 'control', packet: Buffer): void {
    this[kind].push(packet);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resume of waiting) resume();
  }

  async close(): Promise<void> {
    await this.transport.close();
  }

  #describe(description: SessionDescription, type: 'offer' | 'answer', setup: Setup): string {
    return buildSdp(description, {
      type,
      setup,
      transport: this.transport.local,
      streams: new Map([['0', this.#stream]]),
    });
  }
}
