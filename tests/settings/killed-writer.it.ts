import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { defaultDocument } from '../../main/settings/document.ts';
import { openDocument } from '../../main/settings/open-document.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'linkspan-killed-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('A38: whenever the app is killed, the file holds one write, whole', async () => {
  const file = path.join(folder, 'settings.json');
  writeFileSync(file, JSON.stringify(defaultDocument()));
  const turns = new Set<unknown>();
  for (let round = 0; round < 12; round += 1) {
    const writer = spawn(process.execPath, [path.join(import.meta.dirname, 'settings-writer.ts'), folder], {
      env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: folder },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let writes = 0;
    while (writes <= 2 * round) writes += ((await once(writer.stdout, 'data')) as [Buffer])[0].length;
    // It is in the middle of a write now, and not always at the same point of it.
    writer.kill('SIGKILL');
    await once(writer, 'close');
    const { document, notice } = openDocument(file, new Date());
    expect(notice).toBeNull();
    const values = Object.values(document.parameters).flatMap((pipeline) => Object.values(pipeline));
    expect(new Set(values).size).toBeLessThanOrEqual(1);
    turns.add(values[0]);
  }
  // It was killed at different writes, or nothing was shown.
  expect(turns.size).toBeGreaterThan(2);
});
