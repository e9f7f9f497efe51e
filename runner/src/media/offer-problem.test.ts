import { expect, it } from 'vitest';
import { offerProblem } from './offer-problem.ts';

it('passes the sections that libwebrtc knows', () => {
  expect(offerProblem('v=0\r\nm=audio 9 X 1\r\nm=video 9 X 1\r\nm=application 9 X 1\r\n')).toBeNull();
});

it.each(['m=applican 9 X', 'm= 9 X', 'm=video', 'm=Video 9 X'])('S13: refuses "%s"', (line) => {
  expect(offerProblem(`v=0\r\n${line}\r\n`)).toContain('unknown kind');
  expect(offerProblem(`v=0\n${line}\n`)).toContain('unknown kind');
});
