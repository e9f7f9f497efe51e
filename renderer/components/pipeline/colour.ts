/** `#rrggbb` from three numbers 0–1 (sRGB as displayed); what lies outside is clamped. */
export function rgbToHex(rgb: readonly number[]): string {
  const part = (index: number): string => {
    const byte = Math.round(Math.min(1, Math.max(0, rgb[index] ?? 0)) * 255);
    return byte.toString(16).padStart(2, '0');
  };
  return `#${part(0)}${part(1)}${part(2)}`;
}

/**
 * Three numbers 0–1 from `#rrggbb`.
 *
 * @throws {RangeError} If it is none; colour inputs always give one, so that is a programming error.
 */
export function hexToRgb(hex: string): [number, number, number] {
  if (!/^#[0-9a-f]{6}$/i.test(hex)) throw new RangeError(`hexToRgb: not #rrggbb: ${hex}`);
  const part = (start: number): number => Number.parseInt(hex.slice(start, start + 2), 16) / 255;
  return [part(1), part(3), part(5)];
}
