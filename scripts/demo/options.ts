import { parseArgs } from 'node:util';

export interface DemoOptions {
  /** How long the story streams, seconds; its faults need 15. */
  seconds: number;
  /** Where the report goes besides demo-out/report.json. */
  json: string | null;
}

export const demoUsage = `npm run demo -- [--seconds N] [--json FILE]
  --seconds N   how long the story streams: 15 to 600 (default 26)
  --json FILE   writes the report there as well`;

const shortest = 15;
const longest = 600;
const usual = 26;

/** @throws {Error} With a sentence for the reader, when the arguments make no sense. */
export function parseDemoOptions(args: readonly string[]): DemoOptions | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: { seconds: { type: 'string' }, json: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) return 'help';
  const seconds = values.seconds === undefined ? usual : Number(values.seconds);
  if (!(seconds >= shortest && seconds <= longest)) {
    throw new Error(`--seconds takes a number from ${shortest} to ${longest}, not "${values.seconds}".`);
  }
  return { seconds, json: values.json ?? null };
}
