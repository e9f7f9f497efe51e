/**
 * How a lost link is mended, from the least disturbing to the most.
 *
 * - `resume`: signalling was lost, media may go on: a new socket for the same session.
 * - `rebuild`: media was lost, signalling goes on: a new peer connection in the same session.
 * - `rejoin`: a new socket and a new session with the same endpoint.
 * - `migrate`: a new session with the next endpoint of the list, or with the one a leaving runner names.
 */
export type Strategy = 'resume' | 'rebuild' | 'rejoin' | 'migrate';
