import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '../defaults.ts';
import { buildSdp, type LocalTransport } from './build.ts';
import { parseCandidate, parseSdp, SdpError } from './parse.ts';
import { restrictOffer } from './restrict.ts';

const fixture = (name: string) => readFileSync(new URL(`./fixtures/${name}.sdp`, import.meta.url), 'utf8');
const videoOffer = fixture('chromium-156-video');
const audioVideoOffer = fixture('chromium-156-video-audio');
const dataOffer = fixture('chromium-156-data');
const runnerAnswer = fixture('wrtc-answer');

const transport: LocalTransport = {
  iceUfrag: 'abcd',
  icePwd: 'abcdefghijklmnopqrstuv',
  fingerprint: { algorithm: 'sha-256', value: 'AB:CD' },
  candidates: [{ foundation: 'f', priority: 2_113_937_151, address: '127.0.0.1', port: 4711, type: 'host' }],
  gathering: 'complete',
};
const streams = new Map([['0', { ssrc: 111, rtxSsrc: 222, msid: 'linkspan 0' }]]);

describe('reading a session description', () => {
  it('finds in an offer of Chromium what the relay needs', () => {
    const { sections, bundle, setup, fingerprints, candidates } = parseSdp(videoOffer);
    expect(bundle).toEqual(['0']);
    expect(setup).toBe('actpass');
    expect(fingerprints[0]?.algorithm).toBe('sha-256');
    expect(candidates, 'mDNS names are nobody we could reach').toEqual([]);
    const [video] = sections;
    expect(video).toMatchObject({ kind: 'video', port: 9, mid: '0', direction: 'sendrecv' });
    expect(video?.ssrc).toBe(265_537_232);
    expect(video?.rtxSsrc).toBe(3_960_406_526);
    expect(video?.codecs[0]).toMatchObject({
      payloadType: 96,
      name: 'vp8',
      clockRate: 90_000,
      rtpmap: 'VP8/90000',
    });
    expect(video?.codecs[0]?.feedback).toContain('transport-cc');
    expect(video?.codecs[1]).toMatchObject({ payloadType: 97, name: 'rtx', parameters: 'apt=96' });
  });

  it('finds in an answer of libwebrtc its sources, candidates and the data channel', () => {
    const { sections, candidates, setup } = parseSdp(runnerAnswer);
    expect(setup).toBe('active');
    expect(sections.map(({ kind, port }) => [kind, port > 0])).toEqual([
      ['video', true],
      ['application', true],
    ]);
    expect(sections[1]).toMatchObject({ mid: 'data', sctpPort: 5000 });
    expect(sections[0]?.ssrc).not.toBeNull();
    expect(candidates.map(({ address }) => address)).toContain('127.0.0.1');
  });

  it.each([
    ['candidate of TCP', '1 1 tcp 1 10.0.0.1 9 typ host tcptype active'],
    ['second component', '1 2 udp 1 10.0.0.1 9 typ host'],
    ['mDNS name', '1 1 udp 1 aaaa-bbbb.local 9 typ host'],
    ['host name', '1 1 udp 1 example.org 9 typ host'],
    ['port of 0', '1 1 udp 1 10.0.0.1 0 typ host'],
    ['port out of range', '1 1 udp 1 10.0.0.1 99999 typ host'],
    ['no type', '1 1 udp 1 10.0.0.1 9'],
  ])('ignores a %s', (_, line) => {
    expect(parseCandidate(line)).toBeNull();
  });

  it.each([
    ['nothing', '', /without a media section/],
    ['no ICE credentials', videoOffer.replaceAll(/a=ice-pwd.*\r\n/g, ''), /without a=ice-pwd/],
    ['no fingerprint', videoOffer.replaceAll(/a=fingerprint.*\r\n/g, ''), /without a DTLS fingerprint/],
    ['an endless text', 'a'.repeat(limits.sdpCharacters + 1), /characters/],
    ['endless sections', 'm=video 9 x 96\r\n'.repeat(limits.sdpSections + 1), /media sections/],
  ])('says what is wrong with %s', (_, sdp, message) => {
    expect(() => parseSdp(sdp)).toThrow(message);
    expect(() => parseSdp(sdp)).toThrow(SdpError);
  });

  it('reads or refuses mangled descriptions, and never fails otherwise', () => {
    const mangled = fc
      .record({
        cuts: fc.array(
          fc.record({
            at: fc.nat(runnerAnswer.length),
            length: fc.nat(40),
            text: fc.string({ maxLength: 8 }),
          }),
          {
            maxLength: 8,
          },
        ),
      })
      .map(({ cuts }) =>
        cuts.reduce(
          (sdp, { at, length, text }) => sdp.slice(0, at) + text + sdp.slice(at + length),
          runnerAnswer,
        ),
      );
    fc.assert(
      fc.property(mangled, (sdp) => {
        try {
          parseSdp(sdp);
        } catch (error) {
          expect(error).toBeInstanceOf(SdpError);
        }
      }),
    );
  });
});

describe('restricting an offer', () => {
  it('keeps one codec with its RTX, the extensions that work end to end, and transport-cc', () => {
    const [video] = restrictOffer(parseSdp(videoOffer)).sections;
    expect(video?.codecs.map(({ name }) => name)).toEqual(['vp8', 'rtx']);
    expect(video?.codecs[0]?.feedback.toSorted()).toEqual(['ccm fir', 'nack', 'nack pli', 'transport-cc']);
    expect(video?.extensions.map(({ uri }) => uri)).toEqual([
      'urn:3gpp:video-orientation',
      'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
      'http://www.webrtc.org/experiments/rtp-hdrext/playout-delay',
      'urn:ietf:params:rtp-hdrext:sdes:mid',
    ]);
  });

  it('takes another codec where it is asked to', () => {
    const codecs = (name: string) =>
      restrictOffer(parseSdp(videoOffer), { videoCodecs: [name] }).sections[0]?.codecs ?? [];
    expect(codecs('vp9').map(({ name }) => name)).toEqual(['vp9', 'rtx']);
    expect(codecs('vp9')[0]?.parameters).toBe('profile-id=0');
    expect(codecs('av1').map(({ name }) => name)).toEqual(['av1', 'rtx']);
  });

  it('uses REMB with its extension where the page has no transport-cc', () => {
    const [video] = restrictOffer(
      parseSdp(videoOffer.replaceAll(/a=rtcp-fb:\d+ transport-cc\r\n/g, '')),
    ).sections;
    expect(video?.codecs[0]?.feedback).toContain('goog-remb');
    const uris = video?.extensions.map(({ uri }) => uri).join(' ');
    expect(uris).toContain('abs-send-time');
    expect(uris).not.toContain('transport-wide');
  });

  it('rejects sections that cannot be served, and takes them out of the bundle', () => {
    const restricted = restrictOffer(parseSdp(dataOffer));
    const ports = Object.fromEntries(restricted.sections.map(({ kind, port }) => [kind, port]));
    expect(ports).toEqual({ audio: 9, video: 9, application: 0 });
    expect(restricted.bundle).toHaveLength(2);
    expect(restrictOffer(parseSdp(videoOffer), { videoCodecs: ['theora'] }).bundle).toEqual([]);
  });

  it('rejects what is outside the bundle: the relay has one transport', () => {
    const unbundled = audioVideoOffer.replace('a=group:BUNDLE 0 1', 'a=group:BUNDLE 0');
    expect(restrictOffer(parseSdp(unbundled)).sections.map(({ port }) => port)).toEqual([9, 0]);
  });
});

describe('writing a description', () => {
  it('answers with our transport and sources, and each direction reversed', () => {
    const page = restrictOffer(parseSdp(audioVideoOffer));
    const answer = buildSdp(page, { type: 'answer', setup: 'passive', transport, streams });
    const read = parseSdp(answer);
    expect(read.sections.map(({ kind, direction }) => [kind, direction])).toEqual([
      ['video', 'sendrecv'],
      ['audio', 'sendonly'],
    ]);
    expect(read).toMatchObject({ iceUfrag: 'abcd', setup: 'passive', bundle: ['0', '1'] });
    expect(read.candidates).toEqual(transport.candidates);
    expect(read.sections[0]).toMatchObject({ ssrc: 111, rtxSsrc: 222 });
    expect(read.sections[0]?.codecs[0]?.parameters).toBe('x-google-start-bitrate=1500');
    expect(answer).toContain('a=end-of-candidates');
  });

  it('offers a runner the page’s own sections, with a data channel behind them', () => {
    const page = restrictOffer(parseSdp(audioVideoOffer));
    const offer = buildSdp(page, {
      type: 'offer',
      setup: 'actpass',
      transport: { ...transport, gathering: 'under way' },
      streams,
      dataMid: 'data',
    });
    const read = parseSdp(offer);
    expect(read.bundle).toEqual(['0', '1', 'data']);
    expect(read.sections.map(({ direction }) => direction).slice(0, 2)).toEqual(['sendrecv', 'recvonly']);
    expect(read.sections.map(({ mid }) => mid)).toEqual(['0', '1', 'data']);
    const withoutStart = (codec: { parameters: string }) => ({
      ...codec,
      parameters: codec.parameters.replace(/;?x-google-start-bitrate=\d+/, ''),
    });
    expect(read.sections[0]?.codecs.map(withoutStart)).toEqual(page.sections[0]?.codecs);
    expect(read.sections[0]?.extensions).toEqual(page.sections[0]?.extensions);
    expect(offer).toContain('a=ice-options:trickle');
    expect(offer).not.toContain('a=end-of-candidates');
    expect(offer).toContain('a=msid:linkspan 0');
  });

  it('keeps a rejected section in its place', () => {
    const answer = buildSdp(restrictOffer(parseSdp(dataOffer)), {
      type: 'answer',
      setup: 'passive',
      transport,
      streams,
    });
    const lines = answer.split('\r\n').filter((line) => line.startsWith('m='));
    expect(lines.map((line) => line.split(' ').slice(0, 2).join(' ')).toSorted()).toEqual([
      'm=application 0',
      'm=audio 9',
      'm=video 9',
    ]);
    expect(answer).toContain('m=application 0 UDP/DTLS/SCTP webrtc-datachannel');
  });

  it('never tells a related address of ours', () => {
    const candidates = [{ foundation: 'f', priority: 1, address: '198.51.100.1', port: 9, type: 'srflx' }];
    const sdp = buildSdp(restrictOffer(parseSdp(videoOffer)), {
      type: 'offer',
      setup: 'actpass',
      transport: { ...transport, candidates },
      streams,
    });
    expect(sdp).toContain('typ srflx raddr 0.0.0.0 rport 9');
  });
});
