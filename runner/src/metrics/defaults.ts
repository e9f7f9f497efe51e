/** From one machine to the far side of the earth over a crowded cell: 1 ms to 2 s. */
export const roundTripBucketsSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2];

/** From a failed start to a working day. */
export const sessionBucketsSeconds = [1, 10, 60, 300, 900, 1800, 3600, 3 * 3600, 8 * 3600];

/**
 * prom-client's own that walk every descriptor or handle and so hold up the event loop at each scrape: 25 ms
 * together at 18,000 sockets when measured, of 29 in all. `linkspan_connections` says what matters of it.
 */
export const costlyMetrics = [
  'process_open_fds',
  'nodejs_active_handles',
  'nodejs_active_handles_total',
  'nodejs_active_resources',
  'nodejs_active_resources_total',
];
