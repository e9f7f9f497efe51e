import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { offersTheSame, unusedMid } from './compare.ts';
import { parseSdp } from './parse.ts';
import { restrictOffer } from './restrict.ts';

const offer = readFileSync(new URL('./fixtures/chromium-156-video-audio.sdp', import.meta.url), 'utf8');
const page = restrictOffer(parseSdp(offer));

it('a page that comes back with other numbers offers the same media', () => {
  const renumbered = offer.replaceAll(/a=ssrc:\d+/g, 'a=ssrc:42').replaceAll('a=extmap:3 ', 'a=extmap:13 ');
  expect(offersTheSame(page, restrictOffer(parseSdp(renumbered)))).toBe(true);
});

it.each([
  ['another codec', restrictOffer(parseSdp(offer), { videoCodecs: ['av1'] })],
  ['another direction', restrictOffer(parseSdp(offer.replace('a=sendrecv', 'a=recvonly')))],
  ['a section less', { ...page, sections: page.sections.slice(0, 1) }],
  [
    'another mid',
    restrictOffer(parseSdp(offer.replace('a=mid:0', 'a=mid:x').replace('BUNDLE 0', 'BUNDLE x'))),
  ],
])('a page that comes back with %s does not', (_, other) => {
  expect(offersTheSame(page, other)).toBe(false);
});

it('finds a mid that the page does not use', () => {
  expect(unusedMid(page)).toBe('data');
  const taken = { ...page, sections: [{ ...page.sections[0]!, mid: 'data' }] };
  expect(unusedMid(taken)).toBe('data0');
});
