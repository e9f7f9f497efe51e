/** From one machine to the far side of the earth over a crowded cell: 1 ms to 2 s. */
export const roundTripBucketsSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2];

/** From a failed start to a working day. */
export const sessionBucketsSeconds = [1, 10, 60, 300, 900, 1800, 3600, 3 * 3600, 8 * 3600];
