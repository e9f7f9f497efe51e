import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { routes } from '../api/routes.ts';
import { defaultOptions } from './defaults.ts';
import { meaningOf, usageOf } from './help.ts';
import { groups } from './option.ts';
import { flagOf, optionKeys, optionOf, variableOf, variablePrefix } from './option-table.ts';
import { readConfigFile } from './read-config-file.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const examples = 'docs/examples/runner';
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const example = (name: string): string => read(`${examples}/${name}`);
const files = ['docs/runner.md', 'runner/README.md', 'README.md'].concat(
  readdirSync(path.join(root, examples)).map((name) => `${examples}/${name}`),
);

/** A number that follows a name in one of the examples. */
function numberAfter(text: string, name: RegExp): number {
  return Number(new RegExp(`${name.source}\\D*?(\\d+)`).exec(text)?.[1]);
}

it('docs/runner.md lists every option as the table has it', () => {
  const section = /^## Options$(.*?)^## /ms.exec(read('docs/runner.md'))?.[1] ?? '';
  const rows = section
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const ordered = groups.flatMap((group) => optionKeys.filter((key) => optionOf(key).group === group));
  expect(rows).toEqual(
    ordered.map((key) => {
      const { where = 'anywhere', shownDefault } = optionOf(key);
      const variable = where === 'command line' ? '–' : `\`${variableOf(key)}\``;
      const inFile = where === 'anywhere' ? `\`${key}\`` : '–';
      return [`\`${usageOf(key)}\``, variable, inFile, shownDefault, meaningOf(key)];
    }),
  );
});

describe.each(files)('%s', (file) => {
  const text = read(file);

  it('gives variables and flags that exist', () => {
    const variables = [...text.matchAll(new RegExp(`${variablePrefix}([A-Z_]+[A-Z])`, 'g'))].map(
      ([, name]) => name,
    );
    expect(variables.filter((name) => !optionKeys.some((key) => variableOf(key) === name))).toEqual([]);
    // Lines on which another program's flags stand.
    const others = /\b(podman|npm ci|kubectl|openssl|systemctl|HEALTHCHECK)\b/;
    const own = text.split('\n').filter((line) => !others.test(line));
    const flags = [...own.join('\n').matchAll(/(?<=[\s`(])--([a-z][a-z-]*)/g)].map(([, name]) => name);
    expect(flags.filter((name) => !optionKeys.some((key) => flagOf(key) === name))).toEqual([]);
  });

  it('asks for paths that are answered', () => {
    const named = text.match(/(?<=[\s`(])\/(health|metrics|api\/v1)(\/[a-z.]+)*/g) ?? [];
    expect(named.filter((name) => !routes.some(({ path }) => path === name))).toEqual([]);
  });
});

it('the config file of the examples can be read', () => {
  expect(readConfigFile(path.join(root, examples, 'runner.json'))).toMatchObject({ ok: true });
});

describe('what stops a runner gives it the time that it drains', () => {
  it('systemd waits for longer', () => {
    const seconds = (JSON.parse(example('runner.json')) as { drainTimeout: number }).drainTimeout;
    expect(numberAfter(example('linkspan-runner.service'), /TimeoutStopSec=/)).toBeGreaterThan(seconds);
  });

  it('Kubernetes waits for longer', () => {
    const pod = example('kubernetes.yaml');
    const seconds = numberAfter(pod, /LINKSPAN_RUNNER_DRAIN_TIMEOUT\n/);
    expect(numberAfter(pod, /terminationGracePeriodSeconds:/)).toBeGreaterThan(seconds);
  });

  it('podman, as the documentation starts it', () => {
    const seconds = numberAfter(read('docs/runner.md'), /--stop-timeout/);
    expect(seconds * 1000).toBeGreaterThan(defaultOptions.drainMs);
  });
});

describe('the container', () => {
  const file = example('Containerfile');

  it('copies what exists', () => {
    const sources = [...file.matchAll(/^COPY (.+) \S+$/gm)].flatMap(([, names]) => names!.split(' '));
    expect(sources.filter((name) => !existsSync(path.join(root, name)))).toEqual([]);
  });

  it('copies all that the runner imports', () => {
    const sources = readdirSync(path.join(root, 'runner/src'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !/\.test\.ts$|fixtures/.test(name))
      .map((name) => ({ name, text: read(path.join('runner/src', name)) }));
    const outside = sources.flatMap(({ name, text }) => {
      const depth = name.split(path.sep).length + 1;
      const upwards = new RegExp(`'(?:\\.\\./){${depth}}([\\w-]+)/`, 'g');
      return [...text.matchAll(upwards)].map(([, folder]) => folder!);
    });
    expect(outside).toContain('shared');
    for (const folder of new Set(outside)) expect(file).toContain(`\nCOPY ${folder} ${folder}\n`);
  });
});

it('all examples use the port that is the default', () => {
  expect(numberAfter(example('Containerfile'), /EXPOSE/)).toBe(defaultOptions.port);
  for (const port of example('haproxy.cfg').match(/(?<=10\.0\.0\.\d+:)\d+/g) ?? []) {
    expect(Number(port)).toBe(defaultOptions.port);
  }
  const ports = example('kubernetes.yaml').match(/(?<=(containerPort|port): )\d+/g) ?? [];
  expect(new Set(ports.map(Number))).toEqual(new Set([defaultOptions.port]));
});

it('the pods of the Kubernetes example have names that are ids, each with its way to resume', () => {
  const pods = example('kubernetes.yaml');
  const count = numberAfter(pods, /replicas:/);
  for (let index = 0; index < count; index += 1) {
    expect(pods).toContain(`path: /r/runner-${index}/\n`);
    expect(pods).toContain(`pod-name: runner-${index}\n`);
  }
  expect(pods).not.toContain('\t');
});
