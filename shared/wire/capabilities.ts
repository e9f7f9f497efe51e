/**
 * What a runner may announce in `ready.capabilities`. A peer that does not announce an extension never
 * sees it: the base protocol alone is enough for a session.
 */
export const capabilities = ['resume', 'rebuild', 'goaway', 'frames', 'notice'] as const;

export type Capability = (typeof capabilities)[number];
