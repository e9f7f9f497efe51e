import { randomInt } from 'node:crypto';

/** Of all that is random in one run of a test; set `LINKSPAN_FUZZ_SEED` to have it again. */
export const seed = Number(process.env['LINKSPAN_FUZZ_SEED'] ?? randomInt(2 ** 31));
