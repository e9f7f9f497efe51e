/**
 * The number of a frame as cells of a picture, dark for a 1 and light for a 0: a 1 in front, eight bits of the number,
 * four of a checksum, a 0 behind. Two misread cells are always noticed.
 */
const numberBits = 8;
const checkBits = 4;
/** x⁴ + x + 1: over up to eleven bits, two errors never cancel out. */
const polynomial = 0b10011;
/** A picture without any code must not read as number 0. */
const seed = 0b1010;
/** Between a light cell and a dark one, of 255; below it there is no code in the picture. */
const leastContrast = 20;

/** Numbers go round after so many. */
export const frameNumbers = 1 << numberBits;
export const codeCells = 1 + numberBits + checkBits + 1;

function checksum(number: number): number {
  let rest = number << checkBits;
  for (let bit = numberBits + checkBits - 1; bit >= checkBits; bit -= 1)
    if ((rest >> bit) & 1) rest ^= polynomial << (bit - checkBits);
  return rest ^ seed;
}

/** @param number From 0 to below `frameNumbers`. @returns Which cells are dark. */
export function encodeFrameNumber(number: number): boolean[] {
  const code = (number << checkBits) | checksum(number);
  const bits = Array.from(
    { length: numberBits + checkBits },
    (_, index) => ((code >> (numberBits + checkBits - 1 - index)) & 1) === 1,
  );
  return [true, ...bits, false];
}

/**
 * @param lumas Of the cells, 0 to 255 each.
 * @returns Null when they hold no code, or one that was misread.
 */
export function decodeFrameNumber(lumas: readonly number[]): number | null {
  const [dark, light] = [lumas[0] ?? 0, lumas[codeCells - 1] ?? 0];
  if (light - dark < leastContrast) return null;
  const threshold = (dark + light) / 2;
  const code = lumas.slice(1, -1).reduce((value, luma) => value * 2 + (luma < threshold ? 1 : 0), 0);
  const number = code >> checkBits;
  return (code & ((1 << checkBits) - 1)) === checksum(number) ? number : null;
}
