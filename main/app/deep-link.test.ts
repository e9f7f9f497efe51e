import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endpointUrl } from '../../shared/link/endpoint-url.ts';
import { parseDeepLink } from './deep-link.ts';

describe('S11: a deep link', () => {
  it('proposes an endpoint', () => {
    const link = 'linkspan://add-endpoint?url=wss%3A%2F%2Fgpu.example.com%2Fws&name=The%20lab';
    expect(parseDeepLink(link)).toEqual({ url: 'wss://gpu.example.com/ws', name: 'The lab' });
    expect(parseDeepLink('linkspan://add-endpoint/?url=wss://gpu.example.com/ws')).toEqual({
      url: 'wss://gpu.example.com/ws',
      name: 'gpu.example.com',
    });
  });

  it.each([
    'linkspan://start',
    'linkspan://add-endpoint',
    'linkspan://add-endpoint?url=',
    'linkspan://add-endpoint/more?url=wss://x.example/ws',
    'linkspan://add-endpoint?url=wss://x.example/ws#x',
    'linkspan://add-endpoint?url=wss://x.example/ws&token=abc',
    'linkspan://add-endpoint?url=wss://x.example/ws&url=wss://y.example/ws',
    'linkspan://add-endpoint?url=wss://user:pass@x.example/ws',
    'linkspan://add-endpoint?url=ws://x.example/ws',
    'linkspan://add-endpoint?url=file:///etc/passwd',
    'linkspan://add-endpoint?url=javascript:alert(1)',
    'linkspan://add-endpoint?url=wss://x.example/ws&name=good%0Abad',
    'linkspan://add-endpoint?url=wss://x.example/ws&name=%E2%80%AEdab',
    `linkspan://add-endpoint?url=wss://x.example/ws&name=${'x'.repeat(200)}`,
    `linkspan://add-endpoint?url=wss://x.example/${'x'.repeat(5_000)}`,
    'https://add-endpoint?url=wss://x.example/ws',
    'linkspan',
    '',
  ])('is refused: %s', (link) => {
    expect(parseDeepLink(link)).toBeNull();
  });

  it('fuzz: whatever is handed over, the outcome is nothing or an address that may be dialled', () => {
    const piece = fc.constantFrom(
      'linkspan:',
      '//',
      'add-endpoint',
      '?',
      '&',
      '=',
      'url',
      'name',
      'token',
      'wss://',
      'ws://',
      '@',
      '#',
      '%',
      '127.0.0.1',
      'gpu.example',
      ':',
      '/',
      '..',
      '\0',
      '%00',
      '%0a',
      '\u202e',
      'file:',
      'javascript:',
    );
    const made = fc
      .array(fc.oneof(piece, fc.string({ maxLength: 6 })), { maxLength: 14 })
      .map((all) => all.join(''));
    const nearly = fc
      .tuple(fc.string(), fc.string())
      .map(
        ([url, name]) =>
          `linkspan://add-endpoint?url=${encodeURIComponent(url)}&name=${encodeURIComponent(name)}`,
      );
    fc.assert(
      fc.property(fc.oneof(made, nearly, fc.string()), (link) => {
        const proposal = parseDeepLink(link);
        if (proposal === null) return;
        expect(Object.keys(proposal).toSorted()).toEqual(['name', 'url']);
        expect(endpointUrl(proposal.url)).toMatchObject({ ok: true, value: { url: proposal.url } });
        expect(proposal.name).not.toMatch(/\p{Cc}/u);
      }),
      { numRuns: 1_000 },
    );
  });
});
