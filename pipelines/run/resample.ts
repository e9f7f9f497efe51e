/** A part of a plane, in whole pixels. */
export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Planes {
  /** Planes of width × height floats, one after the other. */
  data: Float32Array;
  width: number;
  height: number;
}

/** For each target position: the first source position, and the weights from there on (they add up to 1). */
type Taps = readonly { first: number; weights: Float32Array }[];

const taps = new Map<string, Taps>();

/**
 * A triangle as wide as one source pixel when enlarging (bilinear), as wide as one target pixel when
 * shrinking, so that every source pixel counts and nothing flickers.
 */
function tapsFor(source: number, target: number): Taps {
  const key = `${source}:${target}`;
  const known = taps.get(key);
  if (known) return known;
  const ratio = source / target;
  const reach = Math.max(1, ratio);
  const list = Array.from({ length: target }, (_, index) => {
    const centre = (index + 0.5) * ratio - 0.5;
    const first = Math.max(0, Math.ceil(centre - reach + 1e-9));
    const last = Math.min(source - 1, Math.floor(centre + reach - 1e-9));
    const raw = Array.from(
      { length: last - first + 1 },
      (_, tap) => 1 - Math.abs(first + tap - centre) / reach,
    );
    const sum = raw.reduce((total, weight) => total + weight, 0);
    return { first, weights: Float32Array.from(raw, (weight) => weight / sum) };
  });
  // A few pairs of sizes are in use at a time; frames that keep changing size must not pile them up.
  if (taps.size >= 16) taps.clear();
  taps.set(key, list);
  return list;
}

let scratch = new Float32Array(0);

/** Scales `from` of three planes into `into` of three others; the rest of the target stays as it is. */
export function resample(source: Planes, from: Area, target: Planes, into: Area): void {
  const across = tapsFor(from.width, into.width);
  const down = tapsFor(from.height, into.height);
  if (scratch.length < into.width * from.height) scratch = new Float32Array(into.width * from.height);
  for (let plane = 0; plane < 3; plane++) {
    const sourceStart = plane * source.width * source.height + from.y * source.width + from.x;
    const targetStart = plane * target.width * target.height + into.y * target.width + into.x;
    scaleRows(source.data, sourceStart, source.width, from.height, across);
    scaleColumns(target.data, targetStart, target.width, into.width, down);
  }
}

function scaleRows(data: Float32Array, start: number, stride: number, rows: number, across: Taps): void {
  const width = across.length;
  for (let y = 0; y < rows; y++) {
    const row = start + y * stride;
    for (let x = 0; x < width; x++) {
      const { first, weights } = across[x]!;
      let sum = 0;
      for (let tap = 0; tap < weights.length; tap++) sum += data[row + first + tap]! * weights[tap]!;
      scratch[y * width + x] = sum;
    }
  }
}

function scaleColumns(data: Float32Array, start: number, stride: number, width: number, down: Taps): void {
  down.forEach(({ first, weights }, y) => {
    const row = start + y * stride;
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let tap = 0; tap < weights.length; tap++)
        sum += scratch[(first + tap) * width + x]! * weights[tap]!;
      data[row + x] = sum;
    }
  });
}
