import * as v from 'valibot';
import { tolerantParameterValues } from './parameters.ts';

/** Text frames from the app to a runner, one JSON object each. Unknown fields are tolerated. */
const requestId = v.pipe(v.string(), v.maxLength(128));
const userId = v.pipe(v.string(), v.maxLength(256));
const sdp = v.pipe(v.string(), v.maxLength(256 * 1024));

export const iceCandidate = v.object({
  candidate: v.pipe(v.string(), v.maxLength(2048)),
  sdpMid: v.optional(v.nullable(v.string())),
  sdpMLineIndex: v.optional(v.nullable(v.number())),
});

const setUserId = v.object({ type: v.literal('set_user_id'), user_id: userId });

const getIceServers = v.object({ type: v.literal('get_ice_servers'), request_id: requestId });

export const offer = v.object({
  type: v.literal('offer'),
  request_id: requestId,
  sdp,
  sdp_type: v.optional(v.literal('offer'), 'offer'),
  initialParameters: v.optional(tolerantParameterValues),
  user_id: v.optional(userId),
  /** Extension `rebuild`: the live session inside which the peer connection is replaced. */
  sessionId: v.optional(v.string()),
});

const icecandidate = v.object({
  type: v.literal('icecandidate'),
  request_id: requestId,
  sessionId: v.optional(v.nullable(v.string())),
  /** Null ends the candidates. */
  candidate: v.nullable(iceCandidate),
});

export const apiMethods = ['GET', 'POST', 'PATCH', 'DELETE'] as const;

const api = v.object({
  type: v.literal('api'),
  request_id: requestId,
  /** Any text, so that an unsupported method is answered (400) rather than dropped. */
  method: v.pipe(v.string(), v.maxLength(16)),
  path: v.pipe(v.string(), v.maxLength(2048)),
  body: v.optional(v.unknown()),
});

const ping = v.object({ type: v.literal('ping'), request_id: v.optional(requestId) });

export const clientMessage = v.variant('type', [setUserId, getIceServers, offer, icecandidate, api, ping]);

export type ClientMessage = v.InferOutput<typeof clientMessage>;
export type ApiMethod = (typeof apiMethods)[number];
export type WireIceCandidate = v.InferOutput<typeof iceCandidate>;
