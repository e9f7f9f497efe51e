/** An inference in flight is let finish (tens of milliseconds); what takes longer hangs and is killed. */
export const endGraceMs = 2000;

/** A killed process is gone in milliseconds, unless its driver holds it; the slot is not kept for that. */
export const killMs = 2000;

/** A folder of some pictures is removed in milliseconds; a network share that hangs does not keep the slot. */
export const removeMs = 5000;

/** libwebrtc, ONNX Runtime and Node start in 0.5 s; on a busy machine in some seconds. */
export const startMs = 30_000;

/** A client gathers a handful; hundreds are an attack or a bug. */
export const maxCandidates = 200;

/** Lines of its native modules that a process may write in a row before the rest is cut. */
export const maxLogLineLength = 2000;

/** 128 bits cannot be guessed. */
export const tokenBytes = 16;

/** Tokens that are no longer good, kept to tell a client why; 100 bytes each. */
export const rememberedTokens = 10_000;

/** How long before its end a session of limited duration is warned. */
export const endNoticeMs = 60_000;

/** Pictures that one session may keep: at 512² some 10 MB. */
export const maxSnapshots = 32;
