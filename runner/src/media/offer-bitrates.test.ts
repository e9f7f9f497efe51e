import { expect, it } from 'vitest';
import { maxVideoKbps, startVideoKbps } from './defaults.ts';
import { withBitrates } from './offer-bitrates.ts';

const both = `x-google-start-bitrate=${startVideoKbps};x-google-max-bitrate=${maxVideoKbps}`;

function hinted(...lines: string[]): string[] {
  return withBitrates(lines.join('\r\n')).split('\r\n');
}

it('gives bitrates to a codec without a format of its own', () => {
  expect(hinted('a=rtpmap:96 VP8/90000', 'a=rtcp-fb:96 nack')).toEqual([
    'a=rtpmap:96 VP8/90000',
    `a=fmtp:96 ${both}`,
    'a=rtcp-fb:96 nack',
  ]);
});

it('adds to a format what it lacks', () => {
  expect(hinted('a=rtpmap:98 VP9/90000', 'a=fmtp:98 profile-id=0').at(-1)).toBe(
    `a=fmtp:98 profile-id=0;${both}`,
  );
  const start = 'a=fmtp:96 x-google-start-bitrate=800';
  expect(hinted('a=rtpmap:96 VP8/90000', start).at(-1)).toBe(`${start};x-google-max-bitrate=${maxVideoKbps}`);
});

it('leaves alone what the client has decided, repair formats and audio', () => {
  const lines = [
    'a=rtpmap:96 VP8/90000',
    `a=fmtp:96 ${both}`,
    'a=rtpmap:97 rtx/90000',
    'a=fmtp:97 apt=96',
    'a=rtpmap:111 opus/48000/2',
    'a=fmtp:111 minptime=10',
  ];
  expect(hinted(...lines)).toEqual(lines);
});
