import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

/** Each line of a layer is an import that it must not make; the last word of the test's name is the layer. */
const forbidden: Record<string, string[]> = {
  'shared/link/x.ts': [
    'ws',
    'node:fs',
    'electron',
    'react',
    '../../main/link/host.ts',
    '../../renderer/bridge.ts',
  ],
  'pipelines/x.ts': ['node:fs', 'onnxruntime-node', '../main/index.ts', '../runner/src/cli.ts'],
  'pipelines/run/x.ts': ['onnxruntime-node', 'onnxruntime-web', 'node:fs', '../../renderer/bridge.ts'],
  'pipelines/disk/x.ts': ['valibot', 'onnxruntime-node', '../../main/index.ts'],
  'main/models/x.ts': ['mediabunny', '../../pipelines/catalogue.ts', '../../renderer/bridge.ts'],
  'main/recording/x.ts': ['onnxruntime-node', '../../pipelines/manifest.ts', '../../renderer/bridge.ts'],
  'main/link/x.ts': [
    'electron',
    'werift',
    '../windows/x.ts',
    '../relay/relay.ts',
    '../../runner/src/cli.ts',
    '../faults/fault-hooks.ts',
  ],
  'main/relay/x.ts': [
    'electron',
    'ws',
    '../settings/x.ts',
    '../link/reducer.ts',
    '../../renderer/bridge.ts',
    '../faults/fault-hooks.ts',
  ],
  'main/app/x.ts': [
    'werift',
    'react',
    '../../renderer/bridge.ts',
    '../../runner/src/cli.ts',
    '../../standin/x.ts',
    '../faults/fault-hooks.ts',
  ],
  'main/x.ts': ['./faults/fault-hooks.ts'],
  'main/windows/x.ts': ['../faults/fault-hooks.ts'],
  'main/ipc/x.ts': ['../faults/fault-hooks.ts'],
  'main/security/x.ts': ['../faults/fault-hooks.ts'],
  'main/settings/x.ts': ['../faults/fault-hooks.ts'],
  'preload/x.ts': ['node:fs', 'valibot', 'ws', '../main/index.ts', '../renderer/bridge.ts'],
  'renderer/state/x.ts': [
    'electron',
    'node:fs',
    'ws',
    '../../main/index.ts',
    '../../runner/src/cli.ts',
    '../../pipelines/disk/read-inside.ts',
  ],
  'runner/src/x.ts': ['electron', 'werift', 'react', '../../main/link/host.ts', '../../renderer/bridge.ts'],
};

const allowed: Record<string, string[]> = {
  'shared/link/y.ts': ['valibot', './state.ts', '../wire/parameters.ts'],
  'pipelines/y.ts': ['valibot', '../shared/wire/parameters.ts', './onnx/graph.ts'],
  'pipelines/run/y.ts': ['onnxruntime-common', '../manifest.ts', '../../shared/result.ts'],
  'pipelines/disk/y.ts': ['node:fs/promises', '../../shared/result.ts'],
  'main/models/y.ts': [
    'node:fs/promises',
    '../../pipelines/manifest.ts',
    '../../pipelines/disk/read-inside.ts',
  ],
  'main/recording/y.ts': ['mediabunny', 'node:fs/promises'],
  'main/link/y.ts': ['ws', 'node:timers', 'valibot', './host.ts', '../../shared/link/state.ts'],
  'main/relay/y.ts': ['werift', 'node:crypto', '../link/media-port.ts', './srtp/context.ts'],
  'main/app/y.ts': [
    'electron',
    'node:fs/promises',
    '../link/host.ts',
    '../relay/relay.ts',
    '../../shared/result.ts',
  ],
  'preload/y.ts': ['electron', '../shared/ipc/contract.ts'],
  'renderer/state/y.ts': ['react', 'lucide-react', '@base-ui/react/dialog', '../../shared/link/state.ts'],
  'runner/src/y.ts': ['ws', 'node:http', '@roamhq/wrtc', 'onnxruntime-node', '../../shared/wire/ready.ts'],
};

/** Members of `electron` that one folder alone may touch, by the folder that may. */
const confined: Record<string, string> = {
  BrowserWindow: 'main/windows',
  ipcMain: 'main/ipc',
  shell: 'main/security',
  safeStorage: 'main/settings',
};

let folder: string;
let found: Set<string>;

const plant = (file: string, text: string): void => {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
};

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'layers-'));
  cpSync(path.join(root, '.oxlintrc.json'), path.join(folder, '.oxlintrc.json'));
  for (const [file, specs] of Object.entries({ ...forbidden, ...allowed })) {
    plant(
      file,
      specs.map((spec, i) => `import { x as x${i} } from '${spec}';\nconsole.log(x${i});\n`).join(''),
    );
  }
  for (const [member, place] of Object.entries(confined)) {
    const text = `import { ${member} } from 'electron';\nconsole.log(${member});\n`;
    plant(`main/app/${member}.ts`, text);
    plant(`${place}/${member}.ts`, text);
  }
  const { stdout } = spawnSync(path.join(root, 'node_modules/.bin/oxlint'), ['--format', 'json', '.'], {
    cwd: folder,
    encoding: 'utf8',
  });
  const report = JSON.parse(stdout) as { diagnostics: { message: string; code: string; filename: string }[] };
  const restricted = report.diagnostics.filter(({ code }) => code === 'eslint(no-restricted-imports)');
  found = new Set(restricted.map(({ filename, message }) => `${filename} ${/'([^']+)'/.exec(message)![1]}`));
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('a planted violation of a layer is found', () => {
  for (const [file, specs] of Object.entries(forbidden)) {
    it.each(specs)(`%s in ${path.dirname(file)}`, (spec) => expect(found).toContain(`${file} ${spec}`));
  }
  it.each(Object.keys(confined))('%s outside its folder', (member) => {
    expect(found).toContain(`main/app/${member}.ts ${member}`);
  });
});

describe('what a layer may import is let through', () => {
  it.each(Object.keys(allowed))('%s', (file) => {
    expect([...found].filter((line) => line.startsWith(`${file} `))).toEqual([]);
  });
  it.each(Object.entries(confined))('%s in %s', (member, place) => {
    expect([...found].filter((line) => line.startsWith(`${place}/${member}.ts`))).toEqual([]);
  });
});
