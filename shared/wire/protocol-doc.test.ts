import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { clientMessage } from './client-messages.ts';
import { closeCode, terminalCloseCodes } from './close-codes.ts';
import { errorCodes, terminalErrorCodes } from './error-codes.ts';
import { serverMessage } from './server-messages.ts';

const doc = readFileSync(path.join(import.meta.dirname, '../../docs/protocol.md'), 'utf8');

/** The rows of the table below a heading, as cells. */
function table(heading: string): string[][] {
  const section = doc.split(`## ${heading}\n`)[1]!.split('\n## ')[0]!;
  const rows = section.split('\n').filter((line) => line.startsWith('| '));
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

interface Variant {
  entries: Record<string, { type: string; literal?: unknown }>;
}

const described = (variants: readonly unknown[]): Record<string, string[]> =>
  Object.fromEntries(
    (variants as Variant[]).map(({ entries }) => [
      String(entries['type']!.literal),
      Object.entries(entries)
        .filter(([field]) => field !== 'type')
        .map(([field, schema]) => `${field}${schema.type.endsWith('optional') ? '?' : ''}`),
    ]),
  );

const documented = (heading: string): Record<string, string[]> =>
  Object.fromEntries(
    table(heading).map(([type, fields]) => [type!.replaceAll('`', ''), fields ? fields.split(', ') : []]),
  );

describe('docs/protocol.md agrees with the schemas', () => {
  it('on what a client sends, field by field', () => {
    expect(documented('Client to runner')).toEqual(described(clientMessage.options));
  });

  it('on what a runner sends, field by field', () => {
    expect(documented('Runner to client')).toEqual(described(serverMessage.options));
  });

  it('on the error codes, and which of them are final', () => {
    const rows = table('Error codes').map(([code, meaning]) => [
      code!.replaceAll('`', ''),
      meaning!.startsWith('final'),
    ]);
    expect(rows).toEqual(errorCodes.map((code) => [code, terminalErrorCodes.has(code)]));
  });

  it('on the close codes, and after which the app does not dial again', () => {
    const rows = table('Close codes').map(([code, , dials]) => [Number(code), dials === 'no']);
    expect(rows).toEqual(Object.values(closeCode).map((code) => [code, terminalCloseCodes.has(code)]));
  });
});
