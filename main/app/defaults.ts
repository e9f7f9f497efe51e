/** Longest wait for a goodbye to the runner when the app quits, milliseconds; a dead network must not keep it. */
export const shutDownMaxMs = 2_000;
