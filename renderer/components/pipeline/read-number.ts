export interface NumberBounds {
  min: number;
  max: number;
  step: number;
}

/** Digits after the point that a step needs: 2 for 0.05, 0 for 1. */
export function decimalsOf(step: number): number {
  const [, exponent] = step.toExponential().split('e-');
  const mantissa = step.toExponential().split('e')[0]!.split('.')[1]?.length ?? 0;
  return exponent === undefined ? 0 : Number(exponent) + mantissa;
}

/**
 * The number that a text says, clamped to the bounds and free of float dust such as 0.30000000000000004.
 * A comma counts as a point.
 *
 * @returns Null when the text is no number (yet).
 */
export function readNumber(text: string, { min, max, step }: NumberBounds): number | null {
  const trimmed = text.trim().replace(',', '.');
  const number = Number(trimmed);
  if (trimmed === '' || !Number.isFinite(number)) return null;
  const clamped = Math.min(max, Math.max(min, number));
  return Number(clamped.toFixed(Math.min(12, decimalsOf(step) + 3)));
}
