import * as fc from 'fast-check';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { logFileMaxBytes, logFileName } from './defaults.ts';
import { createLog } from './log.ts';
import { createRedactor } from './redact.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'linkspan-log-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const allText = (): string =>
  readdirSync(directory)
    .map((name) => readFileSync(path.join(directory, name), 'utf8'))
    .join('\n');

describe('the log', () => {
  it('writes what it is told, with its level, into one file', () => {
    const log = createLog(directory, createRedactor(), false);
    log.info('window ready after', 120, 'ms');
    log.warn('100 %s of nothing');
    log.error(new Error('socket closed'));
    const text = readFileSync(log.file, 'utf8');
    expect(text).toContain('[info]');
    expect(text).toContain('window ready after 120 ms');
    expect(text).toContain('[warn] ');
    expect(text).toContain('100 %s of nothing');
    expect(text).toContain('Error: socket closed');
    expect(statSync(log.file).mode & 0o077).toBe(0);
  });

  it('S10: never writes a known secret, in whatever shape it is logged', () => {
    const redactor = createRedactor();
    const log = createLog(directory, redactor, false);
    const token = fc.stringMatching(/^[A-Za-z0-9._~+/=-]{8,64}$/);
    fc.assert(
      fc.property(token, fc.nat(5), (secret, shape) => {
        redactor.know(secret);
        const shapes = [
          secret,
          { token: secret },
          { nested: { list: [secret] } },
          new Error(`401 for ${secret}`),
          `wss://user:${secret}@host/ws?x=${encodeURIComponent(secret)}`,
          `Authorization: Bearer ${secret}`,
        ];
        log.info('case', shapes[shape]);
        expect(allText().includes(secret)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('sets the file aside when it has grown to its limit', () => {
    const log = createLog(directory, createRedactor(), false);
    const line = 'x'.repeat(7_000);
    for (let written = 0; written <= logFileMaxBytes; written += line.length) log.info(line);
    log.info('the first line of the new file');
    expect(readdirSync(directory).toSorted()).toEqual([logFileName, 'linkspan.old.log'].toSorted());
    expect(statSync(log.file).size).toBeLessThan(logFileMaxBytes / 2);
  });
});
