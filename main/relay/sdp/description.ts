/** The parts of a session description that the relay reads or writes. Everything else is dropped on purpose. */
export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';
/** `a=setup`: who opens DTLS. */
export type Setup = 'actpass' | 'active' | 'passive';

export interface Codec {
  payloadType: number;
  /** Lower case. */
  name: string;
  clockRate: number;
  /** As behind the payload type in `a=rtpmap`. */
  rtpmap: string;
  /** As behind the payload type in `a=fmtp`; empty if there is none. */
  parameters: string;
  feedback: readonly string[];
}

interface HeaderExtension {
  id: number;
  uri: string;
}

export interface MediaSection {
  kind: string;
  /** 0: rejected. */
  port: number;
  protocol: string;
  /** The formats as the m-line names them: payload types, or `webrtc-datachannel`. */
  formats: string;
  mid: string;
  direction: Direction;
  /** The one that is used first, its RTX behind it. */
  codecs: readonly Codec[];
  extensions: readonly HeaderExtension[];
  ssrc: number | null;
  rtxSsrc: number | null;
  msid: string | null;
  /** Of an application section. */
  sctpPort: number;
  maxMessageSize: number;
}

export interface Candidate {
  foundation: string;
  priority: number;
  address: string;
  port: number;
  type: string;
}

export interface Fingerprint {
  algorithm: string;
  value: string;
}

export interface SessionDescription {
  sections: readonly MediaSection[];
  /** Mids that share the first one's transport. */
  bundle: readonly string[];
  iceUfrag: string;
  icePwd: string;
  fingerprints: readonly Fingerprint[];
  setup: Setup;
  /** UDP with a literal address only: no mDNS name is ever looked up. */
  candidates: readonly Candidate[];
}

const reversed: Readonly<Record<Direction, Direction>> = {
  sendrecv: 'sendrecv',
  sendonly: 'recvonly',
  recvonly: 'sendonly',
  inactive: 'inactive',
};

/** The same direction as the other side says it. */
export function reverse(direction: Direction): Direction {
  return reversed[direction];
}

export function sends(direction: Direction): boolean {
  return direction === 'sendrecv' || direction === 'sendonly';
}

/** `a=extmap` URI of the transport-wide sequence number. */
export const transportWideUri = 'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01';
export const transportWideFeedback = 'transport-cc';
