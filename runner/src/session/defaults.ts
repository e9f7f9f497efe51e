/** An inference in flight is let finish (tens of milliseconds); what takes longer hangs and is killed. */
export const endGraceMs = 2000;

/** libwebrtc, ONNX Runtime and Node start in 0.5 s; on a busy machine in some seconds. */
export const startMs = 30_000;

/** A client gathers a handful; hundreds are an attack or a bug. */
export const maxCandidates = 200;

/** Lines of its native modules that a process may write in a row before the rest is cut. */
export const maxLogLineLength = 2000;
