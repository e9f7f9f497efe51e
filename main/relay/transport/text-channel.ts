import { RTCDataChannel, RTCDataChannelParameters, RTCSctpTransport } from 'werift';
import type { PeerTransport } from './peer-transport.ts';

export interface TextChannelListener {
  open(): void;
  /** Told once, whichever side closed it. */
  closed(): void;
  message(text: string): void;
}

/** An ordered, reliable data channel for text that we open, on the DTLS of a leg. */
export class TextChannel {
  readonly #sctp: RTCSctpTransport;
  readonly #channel: RTCDataChannel;
  readonly #remotePort: number;

  /** Make it before the transport connects; nothing is sent until `start`. */
  constructor(
    transport: PeerTransport,
    label: string,
    remote: { sctpPort: number; maxMessageSize: number },
    listener: TextChannelListener,
  ) {
    this.#remotePort = remote.sctpPort;
    this.#sctp = new RTCSctpTransport();
    this.#sctp.setDtlsTransport(transport.dtls);
    this.#sctp.setRemoteMaxMessageSize(remote.maxMessageSize);
    this.#channel = new RTCDataChannel(this.#sctp, new RTCDataChannelParameters({ label, ordered: true }));
    let told = false;
    const closed = () => {
      if (!told) listener.closed();
      told = true;
    };
    this.#channel.stateChanged.subscribe((state) => {
      if (state === 'open') listener.open();
      if (state === 'closed') closed();
    });
    // A channel that never opened hears nothing of its association's end.
    this.#sctp.sctp.stateChanged.closed.subscribe(closed);
    this.#channel.onMessage.subscribe((data) => listener.message(data.toString()));
  }

  /** Opens the association, once DTLS is up. Rejects if the transport is gone by then. */
  async start(): Promise<void> {
    await this.#sctp.start(this.#remotePort);
  }

  /** @returns False while the channel is not open, or if the text is longer than the far end takes. */
  send(text: string): boolean {
    if (this.#channel.readyState !== 'open') return false;
    const limit = this.#sctp.remoteMaxMessageSize;
    if (limit !== 0 && Buffer.byteLength(text) > limit) return false;
    this.#channel.send(text);
    return true;
  }

  /** Aborts the association: the far end sees its channel closed within a round trip. */
  async close(): Promise<void> {
    await this.#sctp.stop();
  }
}
