import * as fc from 'fast-check';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundlePath } from './bundle-path.ts';
import { contentSecurityPolicy } from './response-headers.ts';
import { serveBundle } from './serve-bundle.ts';

let root: string;
let serve: (request: Request) => Promise<Response>;

beforeAll(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'linkspan-bundle-'));
  mkdirSync(path.join(root, 'renderer/assets'), { recursive: true });
  writeFileSync(path.join(root, 'renderer/index.html'), '<!doctype html>');
  writeFileSync(path.join(root, 'renderer/assets/index-a_B1.js'), 'export {}');
  writeFileSync(path.join(root, 'renderer/notes.txt'), 'of no type that is served');
  writeFileSync(path.join(root, 'secret.json'), '{"secret":true}');
  symlinkSync(path.join(root, 'secret.json'), path.join(root, 'renderer/link.json'));
  symlinkSync(root, path.join(root, 'renderer/up'));
  serve = serveBundle(path.join(root, 'renderer'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const get = (url: string, method = 'GET'): Promise<Response> => serve(new Request(url, { method }));

describe('app://bundle', () => {
  it('serves the page and its scripts with their type and the security headers', async () => {
    const page = await get('app://bundle/index.html');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toBe(contentSecurityPolicy);
    const script = await get('app://bundle/assets/index-a_B1.js?v=1');
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(await script.text()).toBe('export {}');
  });

  it.each([
    'app://bundle/../secret.json',
    'app://bundle/%2e%2e/secret.json',
    'app://bundle/..%2fsecret.json',
    'app://bundle/%2e%2e%2fsecret.json',
    'app://bundle/assets/..%5c..%5csecret.json',
    'app://bundle/assets\\..\\..\\secret.json',
    'app://bundle/index.html%00.js',
    'app://bundle//etc/hosts.json',
    'app://bundle/link.json',
    'app://bundle/up/secret.json',
    'app://bundle/.hidden.json',
    'app://bundle/notes.txt',
    'app://bundle/assets',
    'app://bundle/',
    'app://elsewhere/index.html',
    'app://bundle:80/index.html',
    'https://bundle/index.html',
  ])('S8: answers %s with 404 and nothing else', async (url) => {
    const answer = await get(url);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe('Not found');
    expect(answer.headers.get('content-security-policy')).toBe(contentSecurityPolicy);
  });

  it('S8: refuses credentials in the address, and everything but GET', async () => {
    // fetch's own Request refuses credentials, so the path is asked for directly.
    expect(bundlePath('app://user:pass@bundle/index.html')).toBeNull();
    expect((await get('app://bundle/index.html', 'POST')).status).toBe(404);
  });

  it('S8: no address, however it is made, leads to a path that leaves the folder', () => {
    const piece = fc.constantFrom(
      '..',
      '.',
      '%2e',
      '%2F',
      '%5c',
      '\\',
      '/',
      '\0',
      '%00',
      'a',
      'index.html',
      ':',
      '@',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const found = bundlePath(`app://bundle/${pieces.join('')}`);
        if (found === null) return;
        expect(path.posix.normalize(found)).toBe(found);
        expect(found).not.toMatch(/^\/|\\|\0|%|(^|\/)\.\.?(\/|$)/);
      }),
      { numRuns: 2_000 },
    );
  });
});
