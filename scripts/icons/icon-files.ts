import { appIcon, trayIcon, trayStates, trayStyles, type TrayStyle } from './drawings.ts';
import { encodeIcns, encodeIco, encodePng } from './encode.ts';
import { render, type Picture } from './render.ts';

/** Side of a tray icon in device-independent pixels. */
const trayPixels: Record<TrayStyle, number> = { 'on-dark': 22, 'on-light': 22, template: 18 };

const linuxSizes = [16, 24, 32, 48, 64, 128, 256, 512];
const windowsSizes = [16, 24, 32, 48, 64, 128, 256];

const trayName = (state: string, style: TrayStyle, density: string): string =>
  style === 'template' ? `${state}Template${density}.png` : `${state}-${style}${density}.png`;

/** Every icon file of the project by its path from the root, drawn anew. */
export function iconFiles(): Map<string, Buffer> {
  const drawn = new Map<number, Picture>();
  const app = (size: number): Picture => {
    const picture = drawn.get(size) ?? render(appIcon, size);
    drawn.set(size, picture);
    return picture;
  };
  const files = new Map<string, Buffer>([
    ['build/icon.png', encodePng(app(1024))],
    ['build/icon.ico', encodeIco(windowsSizes.map(app))],
    ['build/icon.icns', encodeIcns(app)],
    ['main/assets/icon.png', encodePng(app(256))],
  ]);
  for (const size of linuxSizes) files.set(`build/icons/${size}x${size}.png`, encodePng(app(size)));
  for (const state of trayStates) {
    for (const style of trayStyles) {
      const layers = trayIcon(state, style);
      const size = trayPixels[style];
      files.set(`main/assets/tray/${trayName(state, style, '')}`, encodePng(render(layers, size)));
      files.set(`main/assets/tray/${trayName(state, style, '@2x')}`, encodePng(render(layers, size * 2)));
    }
  }
  return files;
}
