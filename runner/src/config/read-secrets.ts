import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { fail, ok, type Result } from '../../../shared/result.ts';

/** @returns The first line of a file, without the blanks around it. */
export function readToken(file: string): Result<string, string> {
  const content = readText(file, 'The token file');
  if (!content.ok) return content;
  const line = content.value.split(/\r?\n/, 1)[0]?.trim() ?? '';
  return line === '' ? fail(`${file}: the first line must hold the token, but it is empty.`) : ok(line);
}

/** Reads certificate and key, and tries whether a server could use them together. */
export function readTls(certFile: string, keyFile: string): Result<{ cert: string; key: string }, string> {
  const cert = readText(certFile, 'The certificate');
  if (!cert.ok) return cert;
  const key = readText(keyFile, 'The private key');
  if (!key.ok) return key;
  const certificate = attempt(() => new X509Certificate(cert.value));
  if (!certificate.ok) {
    return fail(`${certFile} holds no certificate in PEM form (-----BEGIN CERTIFICATE-----).`);
  }
  if (/ENCRYPTED/.test(key.value)) {
    return fail(
      `${keyFile} is locked by a passphrase, and nobody can enter it at a start: ` +
        'write it without one (openssl pkey -in LOCKED -out OPEN) and let only the runner read it.',
    );
  }
  const privateKey = attempt(() => createPrivateKey(key.value));
  if (!privateKey.ok)
    return fail(`${keyFile} holds no private key in PEM form (-----BEGIN PRIVATE KEY-----).`);
  if (!certificate.value.checkPrivateKey(privateKey.value)) {
    return fail(`The key in ${keyFile} is not the one of the first certificate in ${certFile}.`);
  }
  const both = { cert: cert.value, key: key.value };
  const usable = attempt(() => createSecureContext(both));
  return usable.ok ? ok(both) : fail(`${certFile} and ${keyFile} cannot be used: ${usable.problem}`);
}

function readText(file: string, what: string): Result<string, string> {
  const content = attempt(() => readFileSync(file, 'utf8'));
  return content.ok ? content : fail(`${what} cannot be read: ${content.problem}`);
}

function attempt<Value>(call: () => Value): Result<Value, string> {
  try {
    return ok(call());
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}
