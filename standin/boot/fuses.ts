import { readFileSync } from 'node:fs';

/** Names and order of Electron's fuse wire, version 1. */
const fuseNames = [
  'runAsNode',
  'cookieEncryption',
  'nodeOptions',
  'nodeCliInspect',
  'embeddedAsarIntegrity',
  'onlyLoadAppFromAsar',
  'browserProcessSnapshot',
  'filePrivileges',
  'wasmTrapHandlers',
] as const;

type FuseName = (typeof fuseNames)[number];
export type Fuses = Record<FuseName, boolean>;

/** Split, so that this program's own text is not taken for the wire. */
const sentinel = ['dL7pKGdnNz796PbbjQWN', 'KmHXBZaB9tsX'].join('');
const headerBytes = 2; // version, count
const disabled = '0'.charCodeAt(0);

/**
 * Reads the wire at the end of the launcher, where @electron/fuses writes it as into the real binary.
 *
 * @throws {Error} When the launcher has none: it is not ours, or was cut.
 */
export function readFuses(launcher: string): Fuses {
  const bytes = readFileSync(launcher);
  const start = bytes.indexOf(sentinel, 0, 'latin1');
  if (start < 0) throw new Error(`stand-in: no fuse wire in '${launcher}'`);
  const wire = bytes.subarray(start + sentinel.length + headerBytes);
  return Object.fromEntries(fuseNames.map((name, index) => [name, wire[index] !== disabled])) as Fuses;
}
