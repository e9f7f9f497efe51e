import { defaultOptions } from './defaults.ts';
import { groups } from './option.ts';
import { flagOf, optionKeys, optionOf, variablePrefix, type OptionKey } from './option-table.ts';

/** Of a terminal's window as it opens. */
const width = 80;
const indent = 27;

export const help = `Linkspan runner: takes a video stream from the app, transforms it, sends it back.

Usage: linkspan-runner [options]

${groups.map(group).join('\n\n')}

An option comes from the command line, else from the environment, else from the
config file, else from its default: --ping-interval 2.5 is
${variablePrefix}PING_INTERVAL=2.5 there (lists are separated by commas) and
"pingInterval": 2.5 in the file (lists in brackets).

Examples
  linkspan-runner
      for the app on this machine: ws://127.0.0.1:${defaultOptions.port}/ws
  linkspan-runner --host 0.0.0.0 --token-file token.txt --cert cert.pem --key key.pem
      for the app elsewhere: wss://THIS-MACHINE:${defaultOptions.port}/ws
  linkspan-runner --config runner.json --slots 4
      all from a file, except the number of sessions

On SIGTERM or Ctrl+C it takes no new session, tells its clients to move
("goaway") and ends when the last has left, or after --drain-timeout: then it
closes those still there with 1012 (SIGTERM: it will be back) or 1001 (Ctrl+C).
A second signal ends it now. Exit codes: 0 stopped, 1 cannot start, 2 wrong option.

GET /health says how it is; docs/runner.md has the rest.
`;

/** As on the command line: `--models DIR`. */
export function usageOf(key: OptionKey): string {
  const { short, placeholder } = optionOf(key);
  return `${short ? `-${short}, ` : ''}--${flagOf(key)} ${placeholder}`.trimEnd();
}

export function meaningOf(key: OptionKey): string {
  const { help, takes } = optionOf(key);
  return takes === 'many' ? `${help} May be repeated.` : help;
}

function group(name: (typeof groups)[number]): string {
  const keys = optionKeys.filter((key) => optionOf(key).group === name);
  return [name, ...keys.map(entry)].join('\n');
}

function entry(key: OptionKey): string {
  const { shownDefault } = optionOf(key);
  const usage = `  ${usageOf(key)}`;
  const about = wrap(`${meaningOf(key)}${shownDefault === '' ? '' : ` Default: ${shownDefault}.`}`);
  const [first = '', ...rest] = about;
  const start = usage.length < indent ? [usage.padEnd(indent) + first] : [usage, ' '.repeat(indent) + first];
  return [...start, ...rest.map((line) => ' '.repeat(indent) + line)].join('\n');
}

function wrap(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width - indent)
      lines.push(`${lines.pop()} ${word}`);
    else lines.push(word);
  }
  return lines;
}
