import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { offer } from '../../../shared/wire/client-messages.ts';
import * as v from 'valibot';
import {
  logBatch,
  maxBufferedBytes,
  maxJsonDepth,
  maxOpenRequests,
  maxPayloadBytes,
  maxReadBytes,
  maxWaitingLogLines,
  messageRate,
  refusalRate,
} from '../connection/defaults.ts';
import { handshakeMs, handshakeShare, maxSockets, requestMs } from '../guard/defaults.ts';
import { maxManifestBytes, maxModelBytes } from '../inference/defaults.ts';
import { endNoticeMs, maxCandidates, maxLogLineLength, maxSnapshots } from '../session/defaults.ts';
import { defaultOptions } from './defaults.ts';

const root = path.join(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

const size = (bytes: number): string =>
  bytes >= 1024 ** 2 ? `${bytes / 1024 ** 2} MiB` : `${bytes / 1024} KiB`;
const rate = ({ perSecond, burst }: typeof messageRate): string => `${perSecond} a second, ${burst} at once`;

/** The longest SDP that the schema takes. */
function maxSdpLength(): number {
  const fits = (length: number): boolean => v.is(offer.entries.sdp, 'x'.repeat(length));
  let [low, high] = [0, 4 * 1024 * 1024];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

it("S13: the operator's documentation gives every limit as it is", () => {
  const section = read('docs/runner.md').split('## Limits\n')[1]!.split('\n## ')[0]!;
  const rows = section.split('\n').filter((line) => line.startsWith('| '));
  const documented = rows.slice(2).map((row) => row.split('|')[2]!.trim());
  expect(documented).toEqual([
    size(maxPayloadBytes),
    size(maxPayloadBytes),
    `${maxJsonDepth}`,
    size(maxSdpLength()),
    `${maxCandidates}`,
    rate(messageRate),
    `${maxOpenRequests}`,
    rate(refusalRate),
    size(maxBufferedBytes),
    `${defaultOptions.writeMs / 1000} s`,
    `${handshakeMs / 1000} s`,
    `${requestMs / 1000} s`,
    `${defaultOptions.maxConnectionsPerAddress}`,
    `${handshakeShare * defaultOptions.maxConnectionsPerAddress}`,
    `${maxSockets}`,
    `${maxSnapshots}`,
    `${logBatch.lines} in ${logBatch.everyMs / 1000} s, ${maxWaitingLogLines} waiting`,
    `${maxLogLineLength} characters`,
    `${size(maxModelBytes)}, ${size(maxManifestBytes)}`,
  ]);
  expect(section).toContain(`above ${size(maxReadBytes)} the close alone`);
  expect(read('docs/protocol.md')).toContain(`comes ${endNoticeMs / 1000} s before a session's end`);
});
