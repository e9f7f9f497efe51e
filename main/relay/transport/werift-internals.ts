import type { Socket } from 'node:dgram';
import {
  Connection,
  DtlsSocket,
  parseIceServers,
  type Candidate,
  type Event,
  RTCDtlsTransport,
  RTCIceGatherer,
  RTCIceTransport,
} from 'werift';
import type { IceServer } from '../../../shared/wire/server-messages.ts';
import { connecting, sockets } from '../defaults.ts';
import { asSrtpProfile, keyLength, preferredProfiles, saltLength } from '../srtp/profile.ts';
import { SrtpContext } from '../srtp/srtp-context.ts';
import { isAuthenticCheck, isBindingRequest, isStun } from './stun-integrity.ts';

/**
 * Everything here touches werift 0.25.2 behind its public face, or mends it; nothing else in the project does. Each
 * mend has a test in werift-internals.test.ts that fails without it, so that this file can shrink as upstream changes.
 */

/** A UDP socket of werift's ICE, with the one callback through which all datagrams go. */
interface DatagramTransport {
  type: 'udp';
  socket: Socket;
  closed: boolean;
  onData: (data: Buffer, from: readonly [string, number]) => void;
}

interface IceProtocol {
  transport?: DatagramTransport | { type: string };
  sendData(data: Buffer, to: readonly [string, number]): Promise<void>;
}

/** An address that is not on a socket of werift's. */
interface AddedPath extends IceProtocol {
  localCandidate: Candidate;
  onConnectionClosed: Event<[readonly [string, number]]>;
}

/** Members of werift's `Connection` that its types hide. */
interface OpenConnection {
  protocols: IceProtocol[];
  nominated?: { protocol: IceProtocol; remoteAddr: readonly [string, number] };
  stunServer?: unknown;
  iceControlling: boolean;
  ensureProtocol(protocol: IceProtocol): void;
  pairLocalProtocol(protocol: IceProtocol): void;
  appendLocalCandidate(candidate: Candidate): void;
}

/**
 * Looks whether werift still has the shape that this file relies on. Opens no socket.
 *
 * @throws {Error} Naming the first member that is not as expected.
 */
export function assertWerift(): void {
  const ice = new RTCIceTransport(new RTCIceGatherer({}));
  const dtls = new RTCDtlsTransport({}, ice, undefined, [...preferredProfiles]);
  const connection = open(ice);
  const expectations: readonly (readonly [string, boolean])[] = [
    ['RTCIceTransport.connection is a Connection', ice.connection instanceof Connection],
    ['Connection.protocols is a list', Array.isArray(connection.protocols)],
    ['Connection.nominated exists', 'nominated' in connection],
    ['Connection.stunServer exists', 'stunServer' in connection],
    ['Connection.iceControlling is a boolean', typeof connection.iceControlling === 'boolean'],
    ['Connection.ensureProtocol is a function', typeof connection.ensureProtocol === 'function'],
    ['Connection.pairLocalProtocol is a function', typeof connection.pairLocalProtocol === 'function'],
    ['Connection.appendLocalCandidate is a function', typeof connection.appendLocalCandidate === 'function'],
    ['RTCDtlsTransport.startSrtp is a function', typeof dtls.startSrtp === 'function'],
    ['RTCDtlsTransport.role is a string', typeof dtls.role === 'string'],
    [
      'DtlsSocket.extractSessionKeys is a function',
      typeof DtlsSocket.prototype.extractSessionKeys === 'function',
    ],
  ];
  const broken = expectations.find(([, holds]) => !holds);
  if (!broken) return;
  throw new Error(
    `The relay relies on internals of werift 0.25.2, and this version differs: "${broken[0]}" does not hold. ` +
      'Install exactly werift 0.25.2, or adapt main/relay/transport/werift-internals.ts.',
  );
}

function open(ice: RTCIceTransport): OpenConnection {
  return ice.connection as unknown as OpenConnection;
}

export interface IceOptions {
  /** Host candidates are gathered on these and no others. */
  addresses: readonly string[];
  /** Binds the sockets to this address; null binds them to all. */
  bindTo: string | null;
  iceServers: readonly IceServer[];
  controlling: boolean;
}

/** Takes a packet that is no business of werift's. */
export type OnMedia = (packet: Buffer) => void;

/**
 * An ICE transport that speaks to nobody but whom it was told to: werift falls back to a public STUN server where none
 * is configured (5 s of gathering where that is out of reach, and our address told to a stranger).
 */
export function createIce({ addresses, bindTo, iceServers, controlling }: IceOptions): RTCIceTransport {
  // TURN is for turn/relays.ts.
  const { stunServer } = parseIceServers(iceServers.map(({ urls }) => ({ urls })));
  const gatherer = new RTCIceGatherer({
    ...(stunServer ? { stunServer } : {}),
    // The list below replaces werift's own choice of interfaces, which "use" would add to it.
    useIpv4: false,
    useIpv6: false,
    additionalHostAddresses: [...addresses],
    ...(bindTo === null ? {} : { interfaceAddresses: { udp4: bindTo } }),
    useTcp: false,
    stunGatherTimeout: connecting.stunGatherSeconds,
  });
  const ice = new RTCIceTransport(gatherer);
  const connection = open(ice);
  if (!stunServer) connection.stunServer = undefined;
  connection.iceControlling = controlling;
  return ice;
}

const firstMediaOctet = 128;
const lastMediaOctet = 191;

/** RFC 7983: SRTP and SRTCP begin with 128 to 191. */
function isMedia(packet: Buffer): boolean {
  const first = packet[0] ?? 0;
  return first >= firstMediaOctet && first <= lastMediaOctet;
}

/**
 * Looks at a packet before werift does: media is for the relay, and a connectivity check without integrity for nobody.
 * werift answers such a check, and takes its sender for a candidate.
 *
 * @returns Whether werift is to have the packet.
 */
export function sift(ice: RTCIceTransport, onMedia: OnMedia): (packet: Buffer) => boolean {
  return (packet) => {
    if (isMedia(packet)) {
      onMedia(packet);
      return false;
    }
    if (!isStun(packet) || !isBindingRequest(packet)) return true;
    const { localUsername, localPassword } = ice.connection;
    return isAuthenticCheck(packet, localUsername, localPassword);
  };
}

/**
 * Takes media from werift's sockets before werift parses it, and mends three faults of those sockets: buffers of the
 * system's size overflow, an `error` event has no listener and would end the process, and checks are not checked.
 *
 * @param onlyFrom Whatever comes from any other address is not heard; null hears all.
 * @returns To be called whenever a local candidate appears: takes the sockets that are new.
 */
export function takeSockets(
  ice: RTCIceTransport,
  onMedia: OnMedia,
  onlyFrom: string | null = null,
): () => void {
  const taken = new WeakSet<object>();
  const take = sift(ice, onMedia);
  return () => {
    for (const { transport } of open(ice).protocols) {
      if (!transport || !isDatagram(transport) || taken.has(transport)) continue;
      taken.add(transport);
      takeSocket(transport, take, onlyFrom);
    }
  };
}

function isDatagram(transport: NonNullable<IceProtocol['transport']>): transport is DatagramTransport {
  return transport.type === 'udp';
}

function takeSocket(
  transport: DatagramTransport,
  take: (packet: Buffer) => boolean,
  onlyFrom: string | null,
): void {
  const { socket } = transport;
  const toWerift = transport.onData;
  transport.onData = (packet, from) => {
    if (onlyFrom !== null && from[0] !== onlyFrom) return;
    if (take(packet)) toWerift(packet, from);
  };
  // ICE and the watchdogs notice a path that is gone; a datagram that could not be sent is a lost one, no more.
  socket.on('error', () => undefined);
  socket.setRecvBufferSize(sockets.bufferBytes);
  socket.setSendBufferSize(sockets.bufferBytes);
}

/**
 * Adds an address of ours to those that ICE tries. Also one that comes late: werift pairs what its own TURN client brings
 * with the far end's candidates only when the checks begin.
 */
export function addPath(ice: RTCIceTransport, path: AddedPath): void {
  const connection = open(ice);
  connection.ensureProtocol(path);
  connection.protocols.push(path);
  connection.pairLocalProtocol(path);
  connection.appendLocalCandidate(path.localCandidate);
}

/** Nothing gets through over this address any more. werift's ICE fails at once if it was the chosen one. */
export function losePath(ice: RTCIceTransport, path: AddedPath): void {
  const pair = open(ice).nominated;
  if (pair) path.onConnectionClosed.execute(pair.remoteAddr);
}

/** Sends a protected packet over the chosen pair; before there is one, and after the end, it is lost. */
export function sendMedia(ice: RTCIceTransport, packet: Buffer): boolean {
  const pair = open(ice).nominated;
  if (!pair) return false;
  const { transport } = pair.protocol;
  const [address, port] = pair.remoteAddr;
  if (transport && isDatagram(transport)) {
    if (transport.closed) return false;
    transport.socket.send(packet, port, address);
  } else {
    pair.protocol.sendData(packet, pair.remoteAddr).catch(() => undefined);
  }
  return true;
}

/** Both directions of a connection's SRTP. */
export interface SrtpPair {
  send: SrtpContext;
  receive: SrtpContext;
}

/**
 * Takes SRTP out of werift's hands on this one transport: its rollover counter breaks for good when packets around a
 * wrap are lost, it decodes each packet into objects, and its raw keys cost 10 µs on each packet.
 */
export function replaceSrtp(dtls: RTCDtlsTransport, onKeys: (pair: SrtpPair) => void): void {
  dtls.startSrtp = () => {
    const socket = dtls.dtls;
    if (!socket) throw new Error('werift started SRTP before DTLS');
    const profile = asSrtpProfile(socket.srtp.srtpProfile);
    const keys = socket.extractSessionKeys(keyLength, saltLength(profile));
    onKeys({
      send: new SrtpContext(profile, keys.localKey, keys.localSalt),
      receive: new SrtpContext(profile, keys.remoteKey, keys.remoteSalt),
    });
  };
}
