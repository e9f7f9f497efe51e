import { existsSync, readFileSync } from 'node:fs';
import { acceptOptions } from '../core/accept-options.ts';
import { strictModule, throwingPrototype } from '../core/not-implemented.ts';

const pngSignature = 0x89504e47;

/** One picture of several for different pixel densities. */
interface Representation {
  scaleFactor: number;
  data: Buffer;
}

/** Pixels, from a PNG's header; zero for anything else. */
function sizeOf(data: Buffer): Electron.Size {
  if (data.length < 24 || data.readUInt32BE(0) !== pngSignature) return { width: 0, height: 0 };
  return { width: data.readUInt32BE(16), height: data.readUInt32BE(20) };
}

type ImageMembers = Pick<
  Electron.NativeImage,
  | 'addRepresentation'
  | 'getScaleFactors'
  | 'getSize'
  | 'isEmpty'
  | 'isMacTemplateImage'
  | 'isTemplateImage'
  | 'setTemplateImage'
  | 'toDataURL'
  | 'toPNG'
>;

/** A PNG (or several, by scale factor), kept as it came: nothing here draws or resizes. */
export class NativeImage implements Omit<ImageMembers, 'isMacTemplateImage' | 'getSize'> {
  readonly #representations: Representation[] = [];
  /** The file it was made from, '' when from memory; for tests. */
  readonly path: string;
  #template = false;

  constructor(data: Buffer | null, path = '') {
    this.path = path;
    if (data && data.length > 0) this.#representations.push({ scaleFactor: 1, data });
  }

  isEmpty(): boolean {
    return this.#representations.length === 0;
  }

  /** The bytes it was made from. */
  toPNG(options?: Electron.ToPNGOptions): Buffer {
    acceptOptions('nativeImage.toPNG', options, ['scaleFactor']);
    return this.#at(options?.scaleFactor)?.data ?? Buffer.alloc(0);
  }

  toDataURL(options?: Electron.ToDataURLOptions): string {
    return `data:image/png;base64,${this.toPNG(options).toString('base64')}`;
  }

  /** Device-independent size of the representation. */
  getSize(scaleFactor = 1): Electron.Size {
    const found = this.#at(scaleFactor);
    if (!found) return { width: 0, height: 0 };
    const { width, height } = sizeOf(found.data);
    return { width: width / found.scaleFactor, height: height / found.scaleFactor };
  }

  getScaleFactors(): number[] {
    return this.#representations.map(({ scaleFactor }) => scaleFactor);
  }

  addRepresentation(options: Electron.AddRepresentationOptions): void {
    acceptOptions('nativeImage.addRepresentation', options, [
      'scaleFactor',
      'buffer',
      'dataURL',
      'width',
      'height',
    ]);
    const data = options.buffer ?? dataOf(options.dataURL ?? '');
    this.#representations.push({ scaleFactor: options.scaleFactor ?? 1, data });
  }

  /** Recorded; macOS draws template images in the colour of its menu bar. */
  setTemplateImage(option: boolean): void {
    this.#template = option;
  }

  isTemplateImage(): boolean {
    return this.#template;
  }

  /** The representation of that density, else the first. */
  #at(scaleFactor = 1): Representation | undefined {
    const exact = this.#representations.find((item) => item.scaleFactor === scaleFactor);
    return exact ?? this.#representations[0];
  }
}

Object.setPrototypeOf(NativeImage.prototype, throwingPrototype({}));

function dataOf(dataURL: string): Buffer {
  return Buffer.from(dataURL.slice(dataURL.indexOf(',') + 1), 'base64');
}

/** `icon.png` brings `icon@2x.png` along when it is there, as Electron does. */
function createFromPath(file: string): NativeImage {
  const image = new NativeImage(existsSync(file) ? readFileSync(file) : null, file);
  if (/Template(@[\d.]+x)?\.png$/.test(file)) image.setTemplateImage(true);
  for (const scaleFactor of [1.25, 1.5, 2, 3]) {
    const sibling = file.replace(/(\.\w+)$/, `@${scaleFactor}x$1`);
    if (sibling !== file && existsSync(sibling))
      image.addRepresentation({ scaleFactor, buffer: readFileSync(sibling) });
  }
  return image;
}

export function createFromBuffer(buffer: Buffer, options?: Electron.CreateFromBufferOptions): NativeImage {
  acceptOptions('nativeImage.createFromBuffer', options, ['scaleFactor']);
  const image = new NativeImage(null);
  image.addRepresentation({ scaleFactor: options?.scaleFactor ?? 1, buffer });
  return image;
}

export const nativeImage = strictModule('nativeImage', {
  createEmpty: (): NativeImage => new NativeImage(null),
  createFromPath,
  createFromBuffer,
  createFromDataURL: (dataURL: string): NativeImage => new NativeImage(dataOf(dataURL)),
});
