import { describe, expect, it } from 'vitest';
import { asksForOutput, isOutputArrival } from './output-page.ts';

const asked = { url: 'app://bundle/output.html', frameName: 'linkspan-output', features: 'popup' };
const mainPage = { getURL: () => 'app://bundle/index.html', opener: null };

describe('S5: one window may be opened', () => {
  it('by the app’s page: the output’s, by its name', () => {
    expect(asksForOutput(asked, mainPage)).toBe(true);
    expect(asksForOutput(asked, { ...mainPage, getURL: () => 'app://bundle/index.html#panel' })).toBe(true);
  });

  it.each([
    { url: 'app://bundle/index.html' },
    { url: 'app://bundle/output.html?next=https://evil.example/' },
    { url: 'app://bundle.evil.example/output.html' },
    { url: 'https://evil.example/output.html' },
    { url: 'about:blank' },
    { frameName: '' },
    { frameName: '_blank' },
    // Without a way back to its opener nobody could show or close it.
    { features: 'popup,noopener' },
    { features: 'width=1,height=1' },
  ])('and not with %j', (change) => {
    expect(asksForOutput({ ...asked, ...change }, mainPage)).toBe(false);
  });

  it('and not by another page, nor by the output window', () => {
    expect(asksForOutput(asked, { ...mainPage, getURL: () => 'https://evil.example/index.html' })).toBe(
      false,
    );
    expect(asksForOutput(asked, { ...mainPage, getURL: () => '' })).toBe(false);
    expect(asksForOutput(asked, { ...mainPage, opener: {} })).toBe(false);
  });

  it('and it goes to its page only, where no other window goes', () => {
    expect(isOutputArrival(asked.url, { opener: {} })).toBe(true);
    expect(isOutputArrival('app://bundle/index.html', { opener: {} })).toBe(false);
    expect(isOutputArrival(asked.url, { opener: null })).toBe(false);
  });
});
