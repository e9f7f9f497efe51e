/**
 * What a runner may announce in `ready.capabilities`. A peer that does not announce an extension never
 * sees it: the base protocol alone is enough for a session.
 */
export type Capability = 'resume' | 'rebuild' | 'goaway' | 'frames' | 'notice';
