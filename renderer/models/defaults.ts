/** Squares that a model of any size is tried at, smallest first: too slow for one is too slow for the next. */
export const sizesTried: [number, number][] = [
  [256, 256],
  [384, 384],
  [512, 512],
];

/**
 * What sides may have to be a multiple of: networks that halve the picture three, four or five times. All of the
 * sizes above are multiples of 64, which stands in for whatever none of these fits.
 */
export const multiplesTried = [1, 8, 16, 32] as const;
export const lastMultiple = 64;

/** The largest picture that a model of any size is given, as for the built-in ones: [width, height]. */
export const largestFrame: [number, number] = [1920, 1080];

/** One run, milliseconds: as for the built-in models, what a camera's frame leaves after conversions. */
export const targetMs = 22;
