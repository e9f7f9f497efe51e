import * as fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endpointUrl } from '../../shared/link/endpoint-url.ts';
import {
  endpointFileExtension,
  endpointFileMaxBytes,
  parseEndpointFile,
  readEndpointFile,
} from './endpoint-file.ts';

const endpoint = { url: 'wss://gpu.example.com/ws', name: 'The lab' };
const good = { linkspan: 1, endpoint };

describe('S11: an endpoint file', () => {
  it('proposes an endpoint', () => {
    expect(parseEndpointFile(JSON.stringify(good, null, 2))).toEqual({ ok: true, value: endpoint });
    expect(parseEndpointFile('{"linkspan":1,"endpoint":{"url":"gpu.example.com"}}')).toEqual({
      ok: true,
      value: { url: 'wss://gpu.example.com/ws', name: 'gpu.example.com' },
    });
  });

  it.each([
    ['nothing', ''],
    ['no JSON', 'wss://gpu.example.com/ws'],
    ['no object', '1'],
    ['a list', JSON.stringify([good])],
    ['no version', JSON.stringify({ endpoint })],
    ['no endpoint', JSON.stringify({ linkspan: 1 })],
    ['a token', JSON.stringify({ linkspan: 1, endpoint: { ...endpoint, token: 'abc' } })],
    ['other settings', JSON.stringify({ ...good, streaming: true })],
    ['a prototype', '{"linkspan":1,"__proto__":{},"endpoint":{"url":"wss://x.example/ws"}}'],
    ['a name of two lines', JSON.stringify({ linkspan: 1, endpoint: { ...endpoint, name: 'a\nb' } })],
    [
      'a name that turns around',
      JSON.stringify({ linkspan: 1, endpoint: { ...endpoint, name: '\u202edab' } }),
    ],
    ['too long a name', JSON.stringify({ linkspan: 1, endpoint: { ...endpoint, name: 'x'.repeat(200) } })],
  ])('that holds %s is refused, and what one holds is said', (_what, text) => {
    expect(parseEndpointFile(text)).toEqual({
      ok: false,
      problem: expect.stringContaining('no endpoint file'),
    });
  });

  it.each([
    ['ws://gpu.example.com/ws', /Use wss:\/\/ for gpu\.example\.com/],
    ['wss://ada:secret@gpu.example.com/ws', /name and password/],
    ['wss://gpu.example.com/ws?token=secret', /token out of the address/],
    ['file://host/etc/passwd', /not by file:\/\//],
  ])('with the address %s is refused for the reason a typed one would be', (url, reason) => {
    const refused = parseEndpointFile(JSON.stringify({ linkspan: 1, endpoint: { url } }));
    expect(refused).toEqual({ ok: false, problem: expect.stringMatching(reason) });
  });

  it('of a newer Linkspan is told apart', () => {
    const refused = parseEndpointFile(JSON.stringify({ linkspan: 2, endpoints: [endpoint] }));
    expect(refused).toEqual({ ok: false, problem: expect.stringContaining('newer Linkspan') });
  });

  it('fuzz: whatever it holds, the outcome is a sentence or an address that may be dialled', () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom('wss://', 'ws://127.0.0.1:1/ws', '\0', '\u202e', 'x.example'),
    );
    const nearly = fc.record(
      { linkspan: fc.oneof(fc.constant(1), fc.anything()), endpoint: fc.record({ url: text, name: text }) },
      { requiredKeys: [] },
    );
    const content = fc.oneof(
      fc.string(),
      fc.json(),
      nearly.map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(content, (made) => {
        const outcome = parseEndpointFile(made);
        if (!outcome.ok) {
          expect(outcome.problem).toMatch(/\w/);
          return;
        }
        expect(Object.keys(outcome.value).toSorted()).toEqual(['name', 'url']);
        expect(endpointUrl(outcome.value.url)).toMatchObject({ ok: true, value: { url: outcome.value.url } });
        expect(outcome.value.name).not.toMatch(/\p{Cc}/u);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('S11: reading an endpoint file', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'endpoint-file-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const write = (content: string | Buffer): string => {
    const file = path.join(folder, 'lab.linkspan');
    writeFileSync(file, content);
    return file;
  };

  it('takes what editors write, a byte order mark included', async () => {
    expect(await readEndpointFile(write(`\uFEFF${JSON.stringify(good)}\r\n`))).toEqual({
      ok: true,
      value: endpoint,
    });
  });

  it('takes 64 KiB and not a byte more', async () => {
    const padded = JSON.stringify(good).padEnd(endpointFileMaxBytes);
    expect(await readEndpointFile(write(padded))).toMatchObject({ ok: true });
    expect(await readEndpointFile(write(`${padded} `))).toEqual({
      ok: false,
      problem: expect.stringContaining('larger than the 64 KiB'),
    });
  });

  it('says that a file is gone, and refuses what is no file or no text', async () => {
    const gone = await readEndpointFile(path.join(folder, 'gone.linkspan'));
    expect(gone).toEqual({ ok: false, problem: expect.stringContaining('not there') });
    expect(await readEndpointFile(folder)).toMatchObject({ ok: false });
    expect(await readEndpointFile(write(Buffer.from([0xff, 0xfe, 0, 1])))).toMatchObject({ ok: false });
  });

  it.skipIf(process.platform === 'win32')('does not wait at a named pipe', async () => {
    const pipe = path.join(folder, 'pipe.linkspan');
    spawnSync('mkfifo', [pipe]);
    expect(await readEndpointFile(pipe)).toEqual({
      ok: false,
      problem: expect.stringContaining('no endpoint file'),
    });
  });

  it('the package announces the ending that main looks for', () => {
    const builder = readFileSync(path.resolve(import.meta.dirname, '../../electron-builder.yml'), 'utf8');
    expect(`.${/fileAssociations:\n\s+- ext: (\w+)/.exec(builder)?.[1]}`).toBe(endpointFileExtension);
  });
});
