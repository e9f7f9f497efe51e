import path from 'node:path';
import { linkScheme } from './deep-link.ts';
import { endpointFileExtension } from './endpoint-file.ts';

/** What the system hands to us to open. */
export type Arrival = { kind: 'link'; link: string } | { kind: 'file'; path: string };

/**
 * The first link among a process's arguments, else the first `.linkspan` file; null when there is neither.
 *
 * @param argv With the executable in front.
 * @param workingDirectory That process's, for the path of a file.
 */
export function findArrival(argv: readonly string[], workingDirectory: string): Arrival | null {
  const handed = argv.slice(1).filter((argument) => !argument.startsWith('-'));
  const link = handed.find((argument) => argument.toLowerCase().startsWith(`${linkScheme}:`));
  if (link !== undefined) return { kind: 'link', link };
  const file = handed.find((argument) => path.extname(argument).toLowerCase() === endpointFileExtension);
  return file === undefined ? null : { kind: 'file', path: path.resolve(workingDirectory, file) };
}
