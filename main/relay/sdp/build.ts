import { randomInt } from 'node:crypto';
import { negotiation } from '../defaults.ts';
import {
  reverse,
  sends,
  type Candidate,
  type Codec,
  type Fingerprint,
  type MediaSection,
  type SessionDescription,
  type Setup,
} from './description.ts';

/** What our side of a connection is. */
export interface LocalTransport {
  iceUfrag: string;
  icePwd: string;
  fingerprint: Fingerprint;
  candidates: readonly Candidate[];
  gathering: 'complete' | 'under way';
}

/** What we send in a section. */
export interface LocalStream {
  ssrc: number;
  rtxSsrc: number | null;
  msid: string;
}

export interface BuildOptions {
  type: 'offer' | 'answer';
  setup: Setup;
  transport: LocalTransport;
  /** By mid. */
  streams: ReadonlyMap<string, LocalStream>;
  /** Offers a data channel section with this mid. */
  dataMid?: string;
  /** kbit/s; 0 leaves the codec its own start. */
  startBitrateKbps?: number;
}

const largestSessionId = 2 ** 47;

/**
 * Writes a description with the sections, payload types, extension ids and mids of `description`. In an answer each
 * section's direction is reversed; in an offer it is repeated as it is, since we then speak for its author.
 */
export function buildSdp(description: SessionDescription, options: BuildOptions): string {
  const { dataMid } = options;
  const mids = [...description.bundle, ...(dataMid === undefined ? [] : [dataMid])];
  const lines = [
    'v=0',
    `o=- ${randomInt(largestSessionId)} 2 IN IP4 127.0.0.1`,
    's=-',
    't=0 0',
    `a=group:BUNDLE ${mids.join(' ')}`,
    'a=extmap-allow-mixed',
    'a=msid-semantic: WMS *',
    ...description.sections.flatMap((section) =>
      section.port > 0 ? mediaSection(section, options) : rejectedSection(section),
    ),
    ...(dataMid === undefined ? [] : dataSection(dataMid, options)),
  ];
  return `${lines.join('\r\n')}\r\n`;
}

/** RFC 3264, 6: a rejected section stays in its place with port 0 and its formats. */
function rejectedSection({ kind, protocol, formats, mid }: MediaSection): string[] {
  return [`m=${kind} 0 ${protocol} ${formats}`, 'c=IN IP4 0.0.0.0', `a=mid:${mid}`, 'a=inactive'];
}

function transportLines({ transport, setup }: BuildOptions): string[] {
  const { iceUfrag, icePwd, fingerprint, candidates, gathering } = transport;
  return [
    `a=ice-ufrag:${iceUfrag}`,
    `a=ice-pwd:${icePwd}`,
    ...(gathering === 'under way' ? ['a=ice-options:trickle'] : []),
    `a=fingerprint:${fingerprint.algorithm} ${fingerprint.value}`,
    `a=setup:${setup}`,
    ...candidates.map((candidate) => `a=${candidateLine(candidate)}`),
    ...(gathering === 'complete' ? ['a=end-of-candidates'] : []),
  ];
}

/** As `RTCIceCandidate.candidate` has it, without `a=`. */
export function candidateLine({ foundation, priority, address, port, type }: Candidate): string {
  // A relayed or reflexive candidate must name a related address (RFC 8839, 5.1); ours is nobody's business.
  const related = type === 'host' ? '' : ' raddr 0.0.0.0 rport 9';
  return `candidate:${foundation} 1 udp ${priority} ${address} ${port} typ ${type}${related}`;
}

function mediaSection(section: MediaSection, options: BuildOptions): string[] {
  const { kind, protocol, mid, codecs, extensions } = section;
  const direction = options.type === 'offer' ? section.direction : reverse(section.direction);
  const stream = sends(direction) ? options.streams.get(mid) : undefined;
  return [
    `m=${kind} 9 ${protocol} ${codecs.map(({ payloadType }) => payloadType).join(' ')}`,
    'c=IN IP4 0.0.0.0',
    `a=mid:${mid}`,
    ...transportLines(options),
    'a=rtcp-mux',
    'a=rtcp-rsize',
    `a=${direction}`,
    ...extensions.map(({ id, uri }) => `a=extmap:${id} ${uri}`),
    ...codecs.flatMap((codec) => codecLines(codec, kind, options)),
    ...(stream ? streamLines(stream) : []),
  ];
}

function codecLines(
  { payloadType, name, rtpmap, feedback, parameters }: Codec,
  kind: string,
  { startBitrateKbps = negotiation.startBitrateKbps }: BuildOptions,
): string[] {
  const start =
    kind === 'video' && name !== 'rtx' && startBitrateKbps > 0
      ? `x-google-start-bitrate=${startBitrateKbps}`
      : '';
  const fmtp = [parameters, start].filter((part) => part !== '').join(';');
  return [
    `a=rtpmap:${payloadType} ${rtpmap}`,
    ...feedback.map((line) => `a=rtcp-fb:${payloadType} ${line}`),
    ...(fmtp ? [`a=fmtp:${payloadType} ${fmtp}`] : []),
  ];
}

/** `a=msid` is not decoration: without it libwebrtc's Node binding refuses an offer that has RTX sources. */
function streamLines({ ssrc, rtxSsrc, msid }: LocalStream): string[] {
  const cname = 'cname:linkspan';
  return [
    `a=msid:${msid}`,
    ...(rtxSsrc === null ? [] : [`a=ssrc-group:FID ${ssrc} ${rtxSsrc}`]),
    `a=ssrc:${ssrc} ${cname}`,
    ...(rtxSsrc === null ? [] : [`a=ssrc:${rtxSsrc} ${cname}`]),
  ];
}

function dataSection(mid: string, options: BuildOptions): string[] {
  return [
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    'c=IN IP4 0.0.0.0',
    `a=mid:${mid}`,
    ...transportLines(options),
    'a=sctp-port:5000',
    'a=max-message-size:65536',
  ];
}
