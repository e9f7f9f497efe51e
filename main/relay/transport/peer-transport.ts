import {
  IceCandidate,
  RTCDtlsFingerprint,
  RTCDtlsParameters,
  RTCDtlsTransport,
  RTCIceParameters,
  type RTCIceTransport,
} from 'werift';
import { connecting } from '../defaults.ts';
import { isRtcp } from '../rtp/rtp-header.ts';
import type { LocalTransport } from '../sdp/build.ts';
import type { Candidate, SessionDescription, Setup } from '../sdp/description.ts';
import { preferredProfiles } from '../srtp/profile.ts';
import { Relays } from './turn/relays.ts';
import { turnServers } from './turn/turn-servers.ts';
import {
  createIce,
  replaceSrtp,
  sendMedia,
  takeSockets,
  type IceOptions,
  type SrtpPair,
} from './werift-internals.ts';

export type TransportState = 'new' | 'connecting' | 'connected' | 'failed' | 'closed';

export interface TransportListener {
  connected(): void;
  /** Told once, and not after `close`. */
  failed(detail: string): void;
  /** A plain packet in memory of its own; its payload ends at `end`, behind it is room for a tag. */
  rtp(packet: Buffer, end: number, now: number): void;
  /** A plain compound packet in memory of its own. */
  rtcp(packet: Buffer): void;
  /** A local candidate, also those that the first description held; null ends them. */
  candidate(candidate: Candidate | null): void;
}

export interface TransportOptions extends IceOptions {
  /** The one address that the far end may send from; absent where that is not known. */
  peerAddress?: string;
  listener: TransportListener;
}

/** ICE, DTLS and SRTP with one peer. Knows nothing of streams. */
export class PeerTransport {
  readonly ice: RTCIceTransport;
  readonly dtls: RTCDtlsTransport;
  /** Packets that were malformed, replayed or not authentic. */
  refused = 0;
  readonly #listener: TransportListener;
  readonly #relays: Relays;
  #state: TransportState = 'new';
  #srtp: SrtpPair | null = null;
  #gathering: LocalTransport['gathering'] = 'under way';
  #deadline: NodeJS.Timeout | null = null;
  #disconnected: NodeJS.Timeout | null = null;

  private constructor({ listener, peerAddress, ...iceOptions }: TransportOptions) {
    this.#listener = listener;
    this.ice = createIce(iceOptions);
    this.dtls = new RTCDtlsTransport({}, this.ice, undefined, [...preferredProfiles]);
    replaceSrtp(this.dtls, (pair) => (this.#srtp = pair));
    const receive = (packet: Buffer) => this.#receive(packet);
    this.#relays = new Relays(this.ice, turnServers(iceOptions.iceServers), receive);
    const takeNewSockets = takeSockets(this.ice, receive, peerAddress);
    this.ice.onIceCandidate.subscribe((candidate) => {
      takeNewSockets();
      if (candidate && isUdp(candidate)) this.#listener.candidate(fromWerift(candidate));
    });
    this.ice.onStateChange.subscribe((state) => this.#iceChanged(state));
    this.dtls.onStateChange.subscribe((state) => {
      if (state === 'closed') this.#fail('the far end closed the connection');
    });
  }

  /** Opens sockets and gathers until all candidates are known or the head start is over; the rest is trickled. */
  static async create(options: TransportOptions): Promise<PeerTransport> {
    await RTCDtlsTransport.SetupCertificate();
    const transport = new PeerTransport(options);
    await transport.#gather();
    return transport;
  }

  get state(): TransportState {
    return this.#state;
  }

  /** What the far end has to know of this side now. */
  get local(): LocalTransport {
    const { usernameFragment, password } = this.ice.localParameters;
    const [fingerprint] = this.dtls.localParameters.fingerprints;
    if (!fingerprint) throw new Error('werift made no certificate');
    return {
      iceUfrag: usernameFragment,
      icePwd: password,
      fingerprint: { algorithm: fingerprint.algorithm, value: fingerprint.value },
      candidates: this.ice.localCandidates.filter(isUdp).map(fromWerift),
      gathering: this.#gathering,
    };
  }

  /**
   * Starts ICE, then DTLS; the outcome goes to the listener.
   *
   * @param setup Our part in DTLS. As `passive` the connection is up 100 ms sooner, since werift's client waits first.
   * @param candidates Where the far end may be; null waits for whoever proves to know our password.
   */
  connect(remote: SessionDescription, setup: Setup, candidates: readonly Candidate[] | null): void {
    this.#state = 'connecting';
    this.#deadline = setTimeout(
      () =>
        this.#fail(
          [`not connected within ${connecting.connectMs / 1000} s`, ...this.#relays.problems].join('; '),
        ),
      connecting.connectMs,
    );
    this.#start(remote, setup, candidates).then(
      () => this.#connected(),
      (error: unknown) => this.#fail(error instanceof Error ? error.message : String(error)),
    );
  }

  /**
   * Protects and sends a plain packet in its own memory, which is not to be used again.
   *
   * @param end Where the payload ends.
   * @returns Octets sent, 0 if there is no connection.
   */
  sendRtp(packet: Buffer, end: number): number {
    const context = this.#srtp?.send;
    if (!context || this.#state !== 'connected') return 0;
    const fitting = withRoom(packet, end, context.tagLength);
    return context.protectRtp(fitting) && sendMedia(this.ice, fitting) ? fitting.length : 0;
  }

  /** @param packet A plain compound packet; it is left as it is. */
  sendRtcp(packet: Buffer): void {
    const context = this.#srtp?.send;
    if (context && this.#state === 'connected') sendMedia(this.ice, context.protectRtcp(packet));
  }

  async close(): Promise<void> {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#clearTimers();
    await Promise.all([this.#relays.close(), this.dtls.stop()]);
  }

  async #gather(): Promise<void> {
    const whole = Promise.all([this.ice.gather(), this.#relays.gather()]).then(() => {
      this.#gathering = 'complete';
      if (this.#state !== 'closed') this.#listener.candidate(null);
    });
    let timer: NodeJS.Timeout | undefined;
    const headStart = new Promise<void>(
      (resolve) => (timer = setTimeout(resolve, connecting.gatherHeadStartMs)),
    );
    await Promise.race([whole, headStart]);
    clearTimeout(timer);
  }

  async #start(
    remote: SessionDescription,
    setup: Setup,
    candidates: readonly Candidate[] | null,
  ): Promise<void> {
    this.ice.setRemoteParams(
      new RTCIceParameters({ usernameFragment: remote.iceUfrag, password: remote.icePwd }),
    );
    this.dtls.role = setup === 'active' ? 'client' : 'server';
    this.dtls.setRemoteParams(
      new RTCDtlsParameters(
        remote.fingerprints.map(({ algorithm, value }) => new RTCDtlsFingerprint(algorithm, value)),
        setup === 'active' ? 'server' : 'client',
      ),
    );
    for (const { foundation, address, port, priority, type } of candidates ?? []) {
      await this.ice.addRemoteCandidate(
        new IceCandidate(1, foundation, address, port, priority, 'udp', type),
      );
    }
    await this.ice.start();
    await this.dtls.start();
  }

  /**
   * werift 0.25.2 says `failed` half a minute after the last answer, and none of the others by itself once connected.
   * While connecting it closes ICE for reasons that it tells better when the start rejects.
   */
  #iceChanged(state: RTCIceTransport['state']): void {
    if (this.#disconnected) clearTimeout(this.#disconnected);
    this.#disconnected = null;
    const connected = this.#state === 'connected';
    if (state === 'failed' || (state === 'closed' && connected)) this.#fail('ICE found no way, or lost it');
    if (state !== 'disconnected' || !connected) return;
    const limit = connecting.disconnectedMs;
    this.#disconnected = setTimeout(() => this.#fail(`ICE lost its way for ${limit / 1000} s`), limit);
  }

  #connected(): void {
    if (this.#state !== 'connecting') return;
    this.#state = 'connected';
    this.#clearTimers();
    this.#listener.connected();
  }

  #fail(detail: string): void {
    if (this.#state === 'closed' || this.#state === 'failed') return;
    this.#state = 'failed';
    this.#clearTimers();
    this.#listener.failed(detail);
  }

  #clearTimers(): void {
    for (const timer of [this.#deadline, this.#disconnected]) if (timer) clearTimeout(timer);
    this.#deadline = this.#disconnected = null;
  }

  #receive(packet: Buffer): void {
    const context = this.#srtp?.receive;
    if (!context || this.#state === 'closed' || packet.length < 8) return;
    if (isRtcp(packet)) {
      const plain = context.unprotectRtcp(packet);
      if (plain) this.#listener.rtcp(plain);
      else this.refused++;
    } else if (context.unprotectRtp(packet)) {
      this.#listener.rtp(packet, packet.length - context.tagLength, performance.now());
    } else {
      this.refused++;
    }
  }
}

/** The packet with exactly `spare` octets behind its payload, in the same memory where that is possible. */
function withRoom(packet: Buffer, end: number, spare: number): Buffer {
  const length = end + spare;
  if (packet.length === length) return packet;
  if (packet.length > length) return packet.subarray(0, length);
  const larger = Buffer.allocUnsafe(length);
  packet.copy(larger, 0, 0, end);
  return larger;
}

function isUdp({ protocol }: IceCandidate): boolean {
  return protocol.toLowerCase() === 'udp';
}

function fromWerift({ foundation, priority, ip, port, type }: IceCandidate): Candidate {
  return { foundation, priority, address: ip, port, type };
}
