import * as fc from 'fast-check';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createRedactor, minSecretLength } from './redact.ts';

const redact = (text: string): string => createRedactor().redact(text);

describe('S10: the redactor removes secrets that it was never told', () => {
  it.each([
    ['Authorization: Bearer abc.def-123', 'abc.def-123'],
    ['{"authorization":"Bearer abcdef"}', 'abcdef'],
    ['dialling wss://ada:lovelace@runner.example/ws', 'lovelace'],
    ['GET https://x.example/?a=1&token=s3cr3t&b=2', 's3cr3t'],
    ['GET https://x.example/?key=s3cr3t', 's3cr3t'],
    ['{"credential":"turn \\" pass","urls":[]}', 'pass'],
    ["{ token: 's3cr3t value', url: 'wss://x' }", 's3cr3t value'],
    ['resume_token=s3cr3t', 's3cr3t'],
    ['Linkspan-Resume: s3cr3t', 's3cr3t'],
    ['a=ice-pwd:YXNkZmdoamtsMTIzNDU2', 'YXNkZmdo'],
  ])('%s', (line, secret) => {
    expect(redact(line)).not.toContain(secret);
  });

  it('leaves ordinary lines alone', () => {
    const line = 'link: connecting (dialling) → live after 412 ms, wss://runner.example/ws?pipeline=sketch';
    expect(redact(line)).toBe(line);
  });
});

describe('S10: the redactor removes secrets that it knows', () => {
  const secret = fc.string({ minLength: minSecretLength, maxLength: 80, unit: 'grapheme' });

  it('wherever they stand and however they are written', () => {
    const forms: ((value: string) => string)[] = [
      (value) => value,
      (value) => JSON.stringify({ note: value }),
      (value) => `wss://x.example/${encodeURIComponent(value)}`,
      (value) => Buffer.from(value).toString('base64'),
      (value) => inspect({ note: value }),
    ];
    fc.assert(
      fc.property(
        secret,
        fc.constantFrom(...forms),
        fc.string(),
        fc.string(),
        (value, form, before, after) => {
          // The mark itself may hold a short secret such as "dact".
          fc.pre(!'[redacted]'.includes(value));
          const redactor = createRedactor();
          redactor.know(value);
          const clean = redactor.redact(`${before}${form(value)}${after}`);
          const rest = clean.replaceAll('[redacted]', '');
          const spellings = [value, encodeURIComponent(value), Buffer.from(value).toString('base64')];
          expect(spellings.filter((spelling) => rest.includes(spelling))).toEqual([]);
        },
      ),
    );
  });

  it('takes time in proportion to the line, also for lines made to be slow', () => {
    const hostile = [`token=${'"\\'.repeat(20_000)}`, `a://${'a:'.repeat(20_000)}`, 'bearer '.repeat(5_000)];
    for (const line of hostile) expect(redact(line).length).toBeGreaterThan(0);
  });
});
