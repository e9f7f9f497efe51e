import * as v from 'valibot';

/** Text frames from a runner to the app, one JSON object each. Unknown fields are tolerated. */
export const iceServer = v.object({
  urls: v.union([v.string(), v.array(v.string())]),
  username: v.optional(v.string()),
  credential: v.optional(v.string()),
});

const ready = v.object({
  type: v.literal('ready'),
  connection_id: v.optional(v.string()),
  capabilities: v.optional(v.array(v.string()), []),
  resume_token: v.optional(v.string()),
  /** Milliseconds for which media and slot survive a lost socket. */
  grace_ms: v.optional(v.number()),
  resume_url: v.optional(v.string()),
});

const userIdSet = v.object({ type: v.literal('user_id_set'), user_id: v.string() });

const iceServers = v.object({
  type: v.literal('ice_servers'),
  request_id: v.string(),
  data: v.object({ iceServers: v.array(iceServer) }),
  status: v.optional(v.number()),
});

const answer = v.object({
  type: v.literal('answer'),
  request_id: v.string(),
  sdp: v.string(),
  sdp_type: v.optional(v.string(), 'answer'),
  sessionId: v.string(),
});

const icecandidateAck = v.object({
  type: v.literal('icecandidate_ack'),
  request_id: v.string(),
  status: v.string(),
});

const apiResponse = v.object({
  type: v.literal('api_response'),
  request_id: v.string(),
  /** HTTP status. */
  status: v.number(),
  data: v.optional(v.unknown()),
  error: v.optional(v.unknown()),
});

const pong = v.object({ type: v.literal('pong'), request_id: v.optional(v.string()) });

const serverError = v.object({
  type: v.literal('error'),
  error: v.string(),
  code: v.optional(v.string()),
  request_id: v.optional(v.string()),
  detail: v.optional(v.unknown()),
});

const logs = v.object({ type: v.literal('logs'), lines: v.array(v.string()) });
const creditsExhausted = v.object({ type: v.literal('credits_exhausted') });
const streamTerminated = v.object({
  type: v.literal('stream_terminated'),
  reason: v.optional(v.string(), ''),
});

/** Extension `resume`. */
const resumed = v.object({
  type: v.literal('resumed'),
  session_id: v.string(),
  media: v.optional(v.boolean()),
});
const resumeFailed = v.object({
  type: v.literal('resume_failed'),
  reason: v.optional(v.string(), ''),
});

/** Extension `goaway`: leave before the deadline. */
const goaway = v.object({
  type: v.literal('goaway'),
  deadline_ms: v.number(),
  endpoint: v.optional(v.string()),
});

/** Extension `frames`, once a second: frames since the last push. */
const frames = v.object({
  type: v.literal('frames'),
  in: v.number(),
  out: v.number(),
  repeated: v.optional(v.number(), 0),
  /** Mean inference time in milliseconds. */
  inference_ms: v.optional(v.nullable(v.number())),
});

/** Extension `notice`. */
const notice = v.object({
  type: v.literal('notice'),
  code: v.string(),
  in_ms: v.optional(v.number()),
});

export const serverMessage = v.variant('type', [
  ready,
  userIdSet,
  iceServers,
  answer,
  icecandidateAck,
  apiResponse,
  pong,
  serverError,
  logs,
  creditsExhausted,
  streamTerminated,
  resumed,
  resumeFailed,
  goaway,
  frames,
  notice,
]);

export type ServerMessage = v.InferOutput<typeof serverMessage>;
export type IceServer = v.InferOutput<typeof iceServer>;
export type RunnerFrames = Omit<v.InferOutput<typeof frames>, 'type'>;
