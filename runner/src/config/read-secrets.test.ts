import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { certificate, configWith, fileWith } from './fixtures/files.ts';
import { options, problem } from './fixtures/parsed.ts';

const given = (cert: string, key: string): string[] => ['--cert', fileWith(cert), '--key', fileWith(key)];

it('reads certificate and key', async () => {
  const pair = await certificate();
  expect(options(given(pair.cert, pair.key))).toMatchObject({ tls: pair });
  const config = configWith({ cert: fileWith(pair.cert), key: fileWith(pair.key) });
  expect(options(['--config', config])).toMatchObject({ tls: pair });
});

it('takes one of them from elsewhere', async () => {
  const pair = await certificate();
  const env = { LINKSPAN_RUNNER_KEY: fileWith(pair.key) };
  expect(options(['--cert', fileWith(pair.cert)], env)).toMatchObject({ tls: pair });
});

describe('says what is wrong', () => {
  it('with one alone', () => {
    expect(problem(['--cert', 'c.pem'])).toContain('--key is missing');
    expect(problem(['--key', 'k.pem'])).toContain('--cert is missing');
  });

  it('with files that are not there', async () => {
    const { cert } = await certificate();
    expect(problem(['--cert', '/no/such', '--key', 'k'])).toContain('The certificate cannot be read: ENOENT');
    expect(problem(['--cert', fileWith(cert), '--key', '/no/such'])).toContain(
      'The private key cannot be read: ENOENT',
    );
  });

  it('with files that hold something else, or each other', async () => {
    const { cert, key } = await certificate();
    expect(problem(given('text', key))).toContain('holds no certificate in PEM form');
    expect(problem(given(cert, 'text'))).toContain('holds no private key in PEM form');
    expect(problem(given(key, cert))).toContain('holds no certificate');
  });

  it('with a key of another certificate', async () => {
    const [{ cert }, { key }] = [await certificate(), await certificate()];
    expect(problem(given(cert, key))).toMatch(/^The key in .* is not the one of the first certificate in /);
  });

  it('with a locked key', async () => {
    const { cert } = await certificate();
    const encoding = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'p' } as const;
    const { privateKey } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      privateKeyEncoding: encoding,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    expect(problem(given(cert, privateKey))).toContain('is locked by a passphrase');
  });

  it('with a public address that does not fit', async () => {
    const { cert, key } = await certificate();
    expect(problem([...given(cert, key), '--public-url', 'ws://a.example'])).toContain('give wss://');
  });
});
