import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { iconFile } from './icon-file.ts';

const icons = ['idle', 'connecting', 'live', 'warning', 'failed'] as const;

it('every state has an icon for every platform and theme, in both densities', () => {
  const wanted = icons.flatMap((icon) => [
    iconFile(icon, 'darwin', false),
    iconFile(icon, 'linux', true),
    iconFile(icon, 'win32', false),
  ]);
  expect(new Set(wanted).size).toBe(15);
  const folder = path.join(import.meta.dirname, '../assets/tray');
  for (const file of wanted) {
    expect(existsSync(path.join(folder, file)), file).toBe(true);
    expect(existsSync(path.join(folder, file.replace('.png', '@2x.png'))), `${file} @2x`).toBe(true);
  }
});
