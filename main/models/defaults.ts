/** A larger model would not run in real time on anything that this app is made for; the runner's limit, too. */
export const modelMaxBytes = 512 * 1024 * 1024;

/** Ours have 2 kB; 64 parameters with all their options stay below this. The runner's limit, too. */
export const manifestMaxBytes = 256 * 1024;

/** The longest of the common licences, the AGPL, has 34 kB. */
export const licenceMaxBytes = 128 * 1024;

/** Files copied and neither saved nor discarded: whoever drops more has the oldest forgotten. */
export const candidatesMax = 4;

/** Of a file's name, what is shown of it, characters. */
export const nameMaxLength = 128;

/** Names under which a licence's text may lie beside a model, the first found counts. */
export const licenceFiles = ['LICENSE', 'LICENSE.txt', 'LICENSE.md', 'LICENCE', 'LICENCE.txt'];

/** What the app brings; a test holds this list against the catalogue. A user's model never takes one of these ids. */
export const builtInIds: ReadonlySet<string> = new Set(['sketch', 'thermal', 'echo-trails', 'passthrough']);
