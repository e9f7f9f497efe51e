import { PNG } from 'pngjs';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { trayIcon, trayStates, trayStyles } from './drawings.ts';
import { iconFiles } from './icon-files.ts';
import { render } from './render.ts';

const root = path.join(import.meta.dirname, '../..');
const files = iconFiles();
const pixels = (png: Buffer): Buffer => PNG.sync.read(png).data;

describe('icons', () => {
  // Pixels, not bytes: another zlib may pack the same picture differently.
  it.each([...files.keys()].filter((name) => name.endsWith('.png')))(
    '%s is what the script draws',
    (name) => {
      const drawn = files.get(name);
      if (drawn === undefined) throw new Error(`${name} is not drawn`);
      expect(pixels(readFileSync(path.join(root, name))).equals(pixels(drawn))).toBe(true);
    },
  );

  it('the states can be told apart by shape alone, at the smallest size', () => {
    for (const style of trayStyles) {
      const alphas = trayStates.map((state) => {
        const { pixels } = render(trayIcon(state, style), 18);
        return pixels.filter((_, index) => index % 4 === 3);
      });
      for (const [first, a] of alphas.entries())
        for (const b of alphas.slice(first + 1)) {
          const different = a.filter((value, index) => Math.abs(value - (b[index] ?? 0)) > 96).length;
          expect(different).toBeGreaterThan(12);
        }
    }
  });

  it('the Windows icon holds its sizes, each at the place its directory says', () => {
    const ico = files.get('build/icon.ico') ?? Buffer.alloc(0);
    const sizes = Array.from({ length: ico.readUInt16LE(4) }, (_, index) => {
      const entry = 6 + 16 * index;
      const [length, offset] = [ico.readUInt32LE(entry + 8), ico.readUInt32LE(entry + 12)];
      const { width } = PNG.sync.read(ico.subarray(offset, offset + length));
      expect(width % 256).toBe(ico.readUInt8(entry));
      return width;
    });
    expect(sizes).toEqual([16, 24, 32, 48, 64, 128, 256]);
  });

  it('the macOS icon holds one picture per type, and its length says so', () => {
    const icns = files.get('build/icon.icns') ?? Buffer.alloc(0);
    expect(icns.toString('ascii', 0, 4)).toBe('icns');
    expect(icns.readUInt32BE(4)).toBe(icns.length);
    const types: string[] = [];
    for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4))
      types.push(icns.toString('ascii', at, at + 4));
    expect(types).toEqual(['icp4', 'icp5', 'ic11', 'ic12', 'ic07', 'ic13', 'ic08', 'ic14', 'ic09', 'ic10']);
  });
});
