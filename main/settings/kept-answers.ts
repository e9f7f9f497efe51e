import * as v from 'valibot';

/** Longest text of a fault that is kept, characters: a runner may write what it likes. */
const longestText = 512;

const text = v.pipe(
  v.string(),
  v.transform((given) => given.slice(0, longestText)),
);
const number = v.pipe(v.number(), v.finite());

const fault = v.variant('kind', [
  v.object({ kind: v.literal('invalid-endpoint'), detail: text }),
  v.object({ kind: v.literal('unreachable'), code: text }),
  v.object({ kind: v.literal('tls'), detail: text }),
  v.object({ kind: v.literal('handshake-timeout') }),
  v.object({ kind: v.literal('unauthorised'), status: number }),
  v.object({ kind: v.literal('not-a-runner'), status: v.nullable(number) }),
  v.object({ kind: v.literal('unavailable'), status: number }),
  v.object({ kind: v.literal('no-free-slot') }),
  v.object({ kind: v.literal('ready-timeout') }),
  v.object({ kind: v.literal('liveness-timeout'), silentMs: number }),
  v.object({ kind: v.literal('closed'), code: number, reason: text }),
  v.object({ kind: v.literal('interrupted'), cause: v.picklist(['sleep', 'network']) }),
  v.object({ kind: v.literal('offer-failed'), detail: text }),
  v.object({ kind: v.literal('media-failed'), detail: text }),
  v.object({ kind: v.literal('media-stalled'), silentMs: number }),
  v.object({ kind: v.literal('pipeline-failed'), detail: text }),
  v.object({ kind: v.literal('access-denied'), detail: text }),
  v.object({ kind: v.literal('terminated'), code: text, detail: text }),
  v.object({ kind: v.literal('protocol'), detail: text }),
]);

const answer = v.variant('phase', [
  v.object({ phase: v.literal('passed'), at: number, rttMs: number, pipelines: number }),
  v.object({ phase: v.literal('refused'), at: number, fault }),
]);

/**
 * What the user's runners answered when they were last tested, by address. `withToken`: whether a token was sent; which
 * one is nowhere written, so an answer counts only while there is one again, or none.
 */
export const keptAnswers = v.record(v.string(), v.object({ withToken: v.boolean(), answer }));

export type KeptAnswers = v.InferOutput<typeof keptAnswers>;
