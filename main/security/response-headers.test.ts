import { expect, it } from 'vitest';
import { contentSecurityPolicy, securityHeaders } from './response-headers.ts';

it('S4: the policy starts from nothing and allows only our own origin', () => {
  expect(contentSecurityPolicy).toBe(
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; " +
      "font-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; " +
      "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'",
  );
});

it('S4: nothing unsafe, no wildcard and no other host has crept in', () => {
  expect(contentSecurityPolicy).not.toMatch(/unsafe-inline|'unsafe-eval'|\*|https?:|wss?:/);
});

it('S4: every answer isolates the page and forbids guessing of types', () => {
  expect(securityHeaders).toMatchObject({
    'Content-Security-Policy': contentSecurityPolicy,
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
  });
});
