import { localStreams, pageSink } from './make-sink.ts';
import { pictureLoss } from './rtcp/picture-loss.ts';
import type { Sink } from './rtp/sink.ts';
import { buildSdp } from './sdp/build.ts';
import { sends, type SessionDescription, type Setup } from './sdp/description.ts';
import { parseSdp, SdpError } from './sdp/parse.ts';
import { restrictOffer, type RestrictOptions } from './sdp/restrict.ts';
import { loopbackAddress } from './transport/host-addresses.ts';
import { PeerTransport, type TransportListener } from './transport/peer-transport.ts';

/** SSRC by which the relay itself speaks in RTCP. Below any that libwebrtc draws at random in practice. */
const ownSsrc = 1;

/**
 * The connection with the window: on 127.0.0.1 only, with one peer, whose candidates are not even read. Whoever sends
 * a connectivity check with the password that went through IPC is the page (a window without the right to enumerate
 * interfaces has no candidate to tell), and DTLS accepts only the fingerprint that went the same way.
 */
export class PageLeg {
  /** What the page offered, cut down to what is relayed. */
  readonly description: SessionDescription;
  readonly sink: Sink;
  readonly answerSdp: string;
  readonly #transport: PeerTransport;
  readonly #setup: Setup;

  private constructor(description: SessionDescription, transport: PeerTransport) {
    this.description = description;
    this.sink = pageSink(description);
    this.#transport = transport;
    this.#setup = description.setup === 'passive' ? 'active' : 'passive';
    this.answerSdp = buildSdp(description, {
      type: 'answer',
      setup: this.#setup,
      transport: transport.local,
      streams: localStreams(this.sink),
    });
  }

  /**
   * Opens its socket; `connect` goes on.
   *
   * @throws {SdpError} If the offer cannot be read, or holds nothing that the relay carries.
   */
  static async create(
    offerSdp: string,
    options: RestrictOptions,
    listener: Omit<TransportListener, 'candidate'>,
  ): Promise<PageLeg> {
    const description = restrictOffer(parseSdp(offerSdp), options);
    if (description.bundle.length === 0) throw new SdpError('the page offers no section that can be relayed');
    const transport = await PeerTransport.create({
      addresses: [loopbackAddress],
      bindTo: loopbackAddress,
      // The page has other addresses of this machine, too, but those go when a cable is pulled.
      peerAddress: loopbackAddress,
      iceServers: [],
      controlling: false,
      listener: { ...listener, candidate: () => undefined },
    });
    return new PageLeg(description, transport);
  }

  /** Waits for the page to come; the outcome goes to the listener. */
  connect(): void {
    this.#transport.connect(this.description, this.#setup, null);
  }

  /** @see PeerTransport.sendRtp */
  sendRtp(packet: Buffer, end: number): number {
    return this.#transport.sendRtp(packet, end);
  }

  sendRtcp(packet: Buffer): void {
    this.#transport.sendRtcp(packet);
  }

  /** Asks the page's encoder for a key frame. */
  requestKeyFrame(): void {
    for (const { kind, port, ssrc, direction } of this.description.sections) {
      if (kind === 'video' && port > 0 && ssrc !== null && sends(direction)) {
        this.#transport.sendRtcp(pictureLoss(ssrc, ownSsrc));
      }
    }
  }

  async close(): Promise<void> {
    await this.#transport.close();
  }
}
