/**
 * Longest wait for an answer on this machine, milliseconds: a runner that computes answers within tens of them, and
 * whoever opened the list waits for it.
 */
export const findLimitMs = 1_000;

/** Longest answer that is read, characters: a runner's word on its health takes about 200. */
export const maxHealthLength = 4_096;
