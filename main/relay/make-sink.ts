import { randomInt } from 'node:crypto';
import { OutgoingStream } from './rtp/outgoing-stream.ts';
import { Sink, type SinkStreams } from './rtp/sink.ts';
import type { LocalStream } from './sdp/build.ts';
import { reverse, sends, type MediaSection, type SessionDescription } from './sdp/description.ts';

const largestSsrc = 2 ** 32 - 1;

function anySsrc(): number {
  return randomInt(1, largestSsrc);
}

function sinkOf(
  { sections }: SessionDescription,
  streamsOf: (section: MediaSection, clockRate: number) => SinkStreams | null,
): Sink {
  const entries = sections.flatMap((section): [string, SinkStreams][] => {
    const [codec] = section.codecs;
    const streams = section.port > 0 && codec ? streamsOf(section, codec.clockRate) : null;
    return streams ? [[section.mid, streams]] : [];
  });
  return new Sink(new Map(entries));
}

/** What the page will see: SSRCs of our own, that stay whatever runner feeds them. */
export function pageSink(page: SessionDescription): Sink {
  return sinkOf(page, ({ kind, codecs, direction }, clockRate) =>
    sends(reverse(direction))
      ? {
          primary: new OutgoingStream(anySsrc(), kind, clockRate),
          rtx: codecs.length > 1 ? new OutgoingStream(anySsrc(), kind, clockRate) : null,
        }
      : null,
  );
}

/** What a runner will see: the page's own SSRCs, that stay if the page comes back with others. */
export function runnerSink(page: SessionDescription): Sink {
  return sinkOf(page, ({ kind, ssrc, rtxSsrc, direction }, clockRate) =>
    sends(direction) && ssrc !== null
      ? {
          primary: new OutgoingStream(ssrc, kind, clockRate),
          rtx: rtxSsrc === null ? null : new OutgoingStream(rtxSsrc, kind, clockRate),
        }
      : null,
  );
}

/** The streams of a sink as a description announces them. */
export function localStreams({ streams }: Sink): Map<string, LocalStream> {
  return new Map(
    [...streams].map(([mid, { primary, rtx }]) => [
      mid,
      { ssrc: primary.ssrc, rtxSsrc: rtx?.ssrc ?? null, msid: `linkspan ${mid}` },
    ]),
  );
}
