import { negotiation } from '../defaults.ts';
import {
  transportWideFeedback,
  transportWideUri,
  type Codec,
  type MediaSection,
  type SessionDescription,
} from './description.ts';

/**
 * Header extensions that work end to end through the relay. Dependency descriptor and stream ids are left out: they
 * speak of layers and simulcast, which we do not offer.
 */
const keptExtensions = [
  transportWideUri,
  'urn:ietf:params:rtp-hdrext:sdes:mid',
  'urn:ietf:params:rtp-hdrext:ssrc-audio-level',
  'urn:3gpp:video-orientation',
  'http://www.webrtc.org/experiments/rtp-hdrext/playout-delay',
];
const absoluteSendTimeUri = 'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time';
const repairFeedback = ['nack', 'nack pli', 'ccm fir'];
const rembFeedback = 'goog-remb';

export interface RestrictOptions {
  videoCodecs?: readonly string[];
}

/**
 * Cuts an offer down to what the relay carries: one codec with its RTX for each section, few header extensions, one
 * family of congestion feedback. Sections that cannot be served keep their place with port 0.
 */
export function restrictOffer(
  offer: SessionDescription,
  { videoCodecs = negotiation.videoCodecs }: RestrictOptions = {},
): SessionDescription {
  const names: Readonly<Record<string, readonly string[]>> = {
    video: videoCodecs,
    audio: negotiation.audioCodecs,
  };
  const transport = offer.bundle[0] ?? offer.sections[0]?.mid;
  const sections = offer.sections.map((section) => {
    const bundled = offer.bundle.includes(section.mid) || section.mid === transport;
    const codec = section.port > 0 && bundled ? chooseCodec(section, names[section.kind] ?? []) : null;
    return codec ? restrictSection(section, codec) : { ...section, port: 0 };
  });
  return { ...offer, sections, bundle: sections.filter(({ port }) => port > 0).map(({ mid }) => mid) };
}

function chooseCodec(section: MediaSection, names: readonly string[]): Codec | null {
  for (const name of names) {
    const codec = section.codecs.find((candidate) => candidate.name === name && isUsable(candidate));
    if (codec) return codec;
  }
  return null;
}

/** H.264 only as every peer has it: constrained baseline, packetisation mode 1. VP9 and AV1 in their first profile. */
function isUsable({ name, parameters }: Codec): boolean {
  if (name === 'h264')
    return /packetization-mode=1/.test(parameters) && /profile-level-id=42e0/i.test(parameters);
  return !/profile(-id)?=[1-9]/.test(parameters) || name === 'opus';
}

function restrictSection(section: MediaSection, codec: Codec): MediaSection {
  const rtx = section.codecs.find(
    ({ name, parameters }) => name === 'rtx' && parameters === `apt=${codec.payloadType}`,
  );
  const transportWide = codec.feedback.includes(transportWideFeedback);
  const feedback = [...repairFeedback, transportWide ? transportWideFeedback : rembFeedback];
  const extensions = transportWide
    ? keptExtensions
    : [...keptExtensions.filter((uri) => uri !== transportWideUri), absoluteSendTimeUri];
  return {
    ...section,
    codecs: [
      { ...codec, feedback: codec.feedback.filter((kind) => feedback.includes(kind)) },
      ...(rtx ? [{ ...rtx, feedback: [] }] : []),
    ],
    extensions: section.extensions.filter(({ uri }) => extensions.includes(uri)),
    rtxSsrc: rtx ? section.rtxSsrc : null,
  };
}
