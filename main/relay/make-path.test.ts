import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makePath } from './make-path.ts';
import { pageSink, runnerSink } from './make-sink.ts';
import { rtpPacket, type RtpFields } from './rtp/rtp-packet.fixture.ts';
import type { MediaSection, SessionDescription } from './sdp/description.ts';
import { parseSdp } from './sdp/parse.ts';
import { restrictOffer } from './sdp/restrict.ts';

const offer = readFileSync(new URL('./sdp/fixtures/chromium-156-video-audio.sdp', import.meta.url), 'utf8');
const page = restrictOffer(parseSdp(offer));
const runnerSsrc = 70;
const runnerRtx = 71;

/** An answer that differs from the page's offer as told. */
function runner(change: (section: MediaSection) => Partial<MediaSection> = () => ({})): SessionDescription {
  const sections = page.sections.map((section) => {
    const direction = section.direction === 'recvonly' ? ('sendonly' as const) : section.direction;
    const answered = { ...section, direction, ssrc: runnerSsrc, rtxSsrc: runnerRtx };
    return section.kind === 'video'
      ? { ...answered, ...change(answered) }
      : { ...answered, ssrc: 80, rtxSsrc: null };
  });
  return { ...page, sections };
}

function fromRunner(answer: SessionDescription) {
  const sink = pageSink(page);
  const path = makePath({ source: answer, receiver: page, sink, gate: () => path.activate() });
  const [video] = sink.streams.values();
  return {
    path,
    video: video!,
    send: (fields: RtpFields) => {
      const packet = rtpPacket(fields);
      return path.rewrite(packet, packet.length, 1000) ? packet : null;
    },
  };
}

describe('joining what a runner sends to what the page was promised', () => {
  it('is the identity where the answer has the numbers of the offer', () => {
    const { send, video } = fromRunner(runner());
    const sent = send({
      ssrc: runnerSsrc,
      payloadType: 96,
      extensions: [{ id: 9, value: Buffer.from('0') }],
    });
    expect(sent).toEqual(
      rtpPacket({
        ssrc: video.primary.ssrc,
        payloadType: 96,
        extensions: [{ id: 9, value: Buffer.from('0') }],
      }),
    );
  });

  it('maps payload types and extension ids where the answer has others', () => {
    const answer = runner(({ codecs }) => ({
      codecs: codecs.map((codec) => ({ ...codec, payloadType: codec.payloadType + 20 })),
    }));
    answer.sections = answer.sections.map((section) => ({
      ...section,
      extensions: section.extensions.map((extension) => ({ ...extension, id: extension.id + 1 })),
    }));
    const { send, video } = fromRunner(answer);
    const sent = send({
      ssrc: runnerSsrc,
      payloadType: 116,
      extensions: [{ id: 10, value: Buffer.from('0') }],
    });
    expect(sent).toEqual(
      rtpPacket({
        ssrc: video.primary.ssrc,
        payloadType: 96,
        extensions: [{ id: 9, value: Buffer.from('0') }],
      }),
    );
  });

  it('finds the streams of an answer that names no SSRC by their payload types', () => {
    const { send, video } = fromRunner(runner(() => ({ ssrc: null, rtxSsrc: null })));
    expect(send({ ssrc: 4321, payloadType: 96 })?.readUInt32BE(8)).toBe(video.primary.ssrc);
    const repeat = rtpPacket().subarray(-4);
    expect(send({ ssrc: 4322, payloadType: 97, payload: repeat })?.readUInt32BE(8)).toBe(video.rtx?.ssrc);
  });

  it('lets a sound pass with the picture, not before it', () => {
    const { send } = fromRunner(runner());
    expect(send({ ssrc: 80, payloadType: 111 })).toBeNull();
    send({ ssrc: runnerSsrc });
    expect(send({ ssrc: 80, payloadType: 111 })).not.toBeNull();
  });

  it('lets a sound open the gate where the runner sends no picture', () => {
    const { send } = fromRunner(runner(() => ({ direction: 'recvonly' as const })));
    expect(send({ ssrc: 80, payloadType: 111 })).not.toBeNull();
  });

  it('names only pictures as what a key frame can be asked of', () => {
    expect(fromRunner(runner()).path.pictureSources()).toEqual([runnerSsrc]);
  });
});

describe('joining what the page sends to a runner', () => {
  const { ssrc, rtxSsrc } = page.sections[0]!;

  function toRunner(answer: SessionDescription) {
    const path = makePath({ source: page, receiver: answer, sink: runnerSink(page), gate: () => undefined });
    path.activate();
    return (fields: RtpFields) => {
      const packet = rtpPacket(fields);
      return path.rewrite(packet, packet.length, 1000) ? packet : null;
    };
  }

  it('sends the page’s own SSRCs', () => {
    const send = toRunner(runner());
    expect(send({ ssrc: ssrc! })?.readUInt32BE(8)).toBe(ssrc);
  });

  it('sends no retransmissions to a runner that refused RTX', () => {
    const send = toRunner(runner(({ codecs }) => ({ codecs: codecs.slice(0, 1) })));
    expect(send({ ssrc: ssrc! })).not.toBeNull();
    expect(send({ ssrc: rtxSsrc!, payloadType: 97, payload: Buffer.from([0, 0, 1]) })).toBeNull();
  });

  it('sends nothing in a section that the runner rejected', () => {
    const send = toRunner(runner(() => ({ port: 0 })));
    expect(send({ ssrc: ssrc! })).toBeNull();
  });
});
