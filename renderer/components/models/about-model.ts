import type { Manifest } from '../../../pipelines/manifest.ts';
import { unknownLicence } from '../../models/answers.ts';

/** Of a file: `1.1 kB`, `48 MB`. */
export function bytesInWords(bytes: number): string {
  const units = ['bytes', 'kB', 'MB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 10 ? value.toFixed(0) : value.toFixed(1)} ${units[unit]}`;
}

/** The pictures that a model works on. */
export function sizesInWords({ io: { image }, budget }: Manifest): string {
  if (image.size.mode === 'fixed') return `at ${image.size.width} × ${image.size.height}`;
  const [best] = budget.sizes;
  return best ? `at up to ${best[0]} × ${best[1]}` : 'at any size';
}

export const licenceInWords = (license: string): string =>
  license === unknownLicence ? 'Licence unknown' : license;
