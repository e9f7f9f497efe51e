import { isIP } from 'node:net';
import { limits } from '../defaults.ts';
import type {
  Candidate,
  Codec,
  Direction,
  Fingerprint,
  MediaSection,
  SessionDescription,
  Setup,
} from './description.ts';

/** Thrown for a description that cannot be used; the message says what is wrong with it. */
export class SdpError extends Error {
  override name = 'SdpError';
}

/** The lines of one section, asked by prefix. */
class Lines {
  readonly #lines: readonly string[];

  constructor(lines: readonly string[]) {
    this.#lines = lines;
  }

  get first(): string {
    return this.#lines[0] ?? '';
  }

  has(line: string): boolean {
    return this.#lines.includes(line);
  }

  one(prefix: string): string | null {
    return this.#lines.find((line) => line.startsWith(prefix))?.slice(prefix.length) ?? null;
  }

  all(prefix: string): string[] {
    return this.#lines.filter((line) => line.startsWith(prefix)).map((line) => line.slice(prefix.length));
  }
}

/**
 * Reads an offer or an answer.
 *
 * @throws {SdpError} If it is too large, has no media section, or lacks what ICE and DTLS need.
 */
export function parseSdp(sdp: string): SessionDescription {
  if (sdp.length > limits.sdpCharacters)
    throw new SdpError(`session description of ${sdp.length} characters`);
  const lines = sdp.split(/\r?\n/).filter((line) => line !== '');
  const starts = lines.flatMap((line, index) => (line.startsWith('m=') ? [index] : []));
  if (starts.length === 0) throw new SdpError('session description without a media section');
  if (starts.length > limits.sdpSections) throw new SdpError(`${starts.length} media sections`);
  const everywhere = new Lines(lines);
  return {
    sections: starts.map((start, i) => parseSection(new Lines(lines.slice(start, starts[i + 1])), i)),
    bundle: words(everywhere.one('a=group:BUNDLE ') ?? ''),
    iceUfrag: required(everywhere, 'a=ice-ufrag:'),
    icePwd: required(everywhere, 'a=ice-pwd:'),
    fingerprints: parseFingerprints(everywhere),
    setup: parseSetup(everywhere.one('a=setup:')),
    candidates: parseCandidates(everywhere),
  };
}

function words(text: string): string[] {
  return text.split(' ').filter((word) => word !== '');
}

function required(lines: Lines, prefix: string): string {
  const value = lines.one(prefix);
  if (!value) throw new SdpError(`session description without ${prefix.slice(0, -1)}`);
  return value;
}

function parseFingerprints(lines: Lines): Fingerprint[] {
  const found = [...new Set(lines.all('a=fingerprint:'))].flatMap((line) => {
    const [algorithm, value] = words(line);
    return algorithm && value ? [{ algorithm, value }] : [];
  });
  if (found.length === 0) throw new SdpError('session description without a DTLS fingerprint');
  return found;
}

function parseSetup(value: string | null): Setup {
  return value === 'active' || value === 'passive' ? value : 'actpass';
}

function parseCandidates(lines: Lines): Candidate[] {
  return [...new Set(lines.all('a=candidate:'))].flatMap((line) => parseCandidate(line) ?? []);
}

/** @returns Null for TCP, for another component than RTP, and for anything but a literal address. */
export function parseCandidate(line: string): Candidate | null {
  const [foundation, component, transport, priority, address, port, , type] = words(line);
  if (!foundation || component !== '1' || transport?.toLowerCase() !== 'udp' || !address || !type)
    return null;
  const candidate = { foundation, priority: Number(priority), address, port: Number(port), type };
  const valid = isIP(address) !== 0 && isPort(candidate.port) && Number.isInteger(candidate.priority);
  return valid ? candidate : null;
}

function isPort(value: number): boolean {
  return Number.isInteger(value) && value > 0 && value < 65_536;
}

const directions: readonly Direction[] = ['sendrecv', 'sendonly', 'recvonly', 'inactive'];

function parseSection(lines: Lines, index: number): MediaSection {
  const [kind = '', port = '0', protocol = '', ...formats] = words(lines.first.slice('m='.length));
  const group = words(lines.one('a=ssrc-group:FID ') ?? '').map(Number);
  const sources = [...new Set(lines.all('a=ssrc:').map((line) => Number(words(line)[0])))];
  return {
    kind,
    port: Number(port) || 0,
    protocol,
    formats: formats.join(' '),
    mid: lines.one('a=mid:') ?? String(index),
    direction: directions.find((direction) => lines.has(`a=${direction}`)) ?? 'sendrecv',
    codecs: parseCodecs(lines, formats),
    extensions: lines.all('a=extmap:').flatMap((line) => {
      const [id = '', uri] = words(line);
      const number = Number.parseInt(id, 10);
      return uri && number > 0 && number < 256 ? [{ id: number, uri }] : [];
    }),
    ssrc: asSsrc(group[0] ?? sources[0]),
    rtxSsrc: asSsrc(group[1]),
    msid: lines.one('a=msid:'),
    sctpPort: Number(lines.one('a=sctp-port:')) || 5000,
    maxMessageSize: Number(lines.one('a=max-message-size:')) || 65_536,
  };
}

function asSsrc(value: number | undefined): number | null {
  return value !== undefined && Number.isInteger(value) && value >= 0 && value <= 0xffff_ffff ? value : null;
}

/** In the order of the m-line, which is the order of preference. */
function parseCodecs(lines: Lines, formats: readonly string[]): Codec[] {
  return formats.flatMap((format) => {
    const rtpmap = lines.one(`a=rtpmap:${format} `);
    const payloadType = Number(format);
    if (rtpmap === null || !Number.isInteger(payloadType) || payloadType < 0 || payloadType > 127) return [];
    const [name = '', clockRate = ''] = rtpmap.split('/');
    return {
      payloadType,
      name: name.toLowerCase(),
      clockRate: Number(clockRate) || 90_000,
      rtpmap,
      parameters: lines.one(`a=fmtp:${format} `) ?? '',
      feedback: [...lines.all(`a=rtcp-fb:${format} `), ...lines.all('a=rtcp-fb:* ')],
    };
  });
}
