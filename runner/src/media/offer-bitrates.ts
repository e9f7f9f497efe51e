import { maxVideoKbps, startVideoKbps } from './defaults.ts';

/** Codecs that carry a picture; the others in an offer repair or wrap these. */
const pictureCodec = /^a=rtpmap:(\d+) (?:VP8|VP9|AV1|H264)\/90000/i;

/**
 * Adds bitrates to the video codecs of a client's offer, where the client named none. libwebrtc reads
 * `x-google-*` of the remote description as limits of its own sender, and this binding offers no other way.
 */
export function withBitrates(sdp: string): string {
  const lines = sdp.split('\r\n');
  const formats = new Map(
    lines.flatMap((line) => (line.startsWith('a=fmtp:') ? [[formatOf(line), line]] : [])),
  );
  const pictures = new Set(lines.map((line) => pictureCodec.exec(line)?.[1]));
  return lines
    .flatMap((line) => {
      const codec = pictureCodec.exec(line)?.[1];
      if (codec !== undefined && !formats.has(codec)) return [line, complete(`a=fmtp:${codec} `)];
      return line.startsWith('a=fmtp:') && pictures.has(formatOf(line)) ? [complete(line)] : [line];
    })
    .join('\r\n');
}

function complete(format: string): string {
  const wanted = [`x-google-start-bitrate=${startVideoKbps}`, `x-google-max-bitrate=${maxVideoKbps}`];
  const missing = wanted.filter((entry) => !format.includes(entry.slice(0, entry.indexOf('=') + 1)));
  if (missing.length === 0) return format;
  return format + (format.endsWith(' ') ? '' : ';') + missing.join(';');
}

function formatOf(line: string): string {
  return /^a=fmtp:(\d+)/.exec(line)?.[1] ?? '';
}
