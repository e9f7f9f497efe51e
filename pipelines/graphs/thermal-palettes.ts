/** Colours of the heat camera, cold to hot, evenly spaced; sRGB 0–1. */
export interface Palette {
  readonly label: string;
  readonly stops: readonly (readonly [number, number, number])[];
}

/** The same for all, as the graph holds them in one table. */
export const stopsPerPalette = 7;

export const palettes: readonly Palette[] = [
  {
    label: 'Iron',
    stops: [
      [0.02, 0.01, 0.1],
      [0.22, 0.04, 0.46],
      [0.56, 0.07, 0.58],
      [0.86, 0.22, 0.37],
      [0.98, 0.5, 0.12],
      [1, 0.8, 0.22],
      [1, 0.99, 0.86],
    ],
  },
  {
    label: 'Aurora',
    stops: [
      [0.02, 0.03, 0.13],
      [0.09, 0.16, 0.45],
      [0.07, 0.42, 0.6],
      [0.08, 0.66, 0.56],
      [0.44, 0.85, 0.4],
      [0.86, 0.95, 0.35],
      [1, 1, 0.9],
    ],
  },
  {
    label: 'Rainbow',
    stops: [
      [0.1, 0.02, 0.4],
      [0.08, 0.3, 0.9],
      [0.05, 0.75, 0.85],
      [0.3, 0.85, 0.25],
      [0.98, 0.88, 0.1],
      [0.98, 0.42, 0.08],
      [0.85, 0.05, 0.12],
    ],
  },
  {
    label: 'White hot',
    stops: [
      [0.02, 0.02, 0.03],
      [0.14, 0.15, 0.17],
      [0.3, 0.31, 0.34],
      [0.48, 0.49, 0.51],
      [0.67, 0.67, 0.68],
      [0.85, 0.85, 0.84],
      [1, 1, 0.98],
    ],
  },
];
