/**
 * Largest message of a client, and largest body over HTTP: an SDP has some kilobytes, an upload is what needs it.
 */
export const maxPayloadBytes = 1024 * 1024;

/**
 * What is still read of a larger message, so that its sender can be told by an `error` before the close. Beyond
 * this the socket is closed with 1009 alone.
 */
export const maxReadBytes = 2 * maxPayloadBytes;

/** Objects and lists inside each other. The protocol's own messages have 5 at most. */
export const maxJsonDepth = 32;

/** A client that does not read is let go rather than buffered for (A9). */
export const maxBufferedBytes = 4 * 1024 * 1024;

/** Trickled candidates and parameter changes come in bursts; 400 at once and 100/s leave ample room. */
export const messageRate = { perSecond: 100, burst: 400 };

/** Messages that may be refused for a limit before the client is let go: one that heeds a refusal never gets there. */
export const refusalRate = { perSecond: 10, burst: 200 };

/** Requests under way for one client; each may hold memory until it is answered. */
export const maxOpenRequests = 64;

/** A session's log goes to its client in batches: one small frame a second costs nothing, a hundred do. */
export const logBatch = { lines: 50, everyMs: 500 };

/** Lines that may wait for their batch: a crash loop in a pipeline must fill neither memory nor socket. */
export const maxWaitingLogLines = 200;

/** How long a close frame may take to be answered, through a slow proxy too (A48), before the socket is cut. */
export const closeMs = 5000;

/** The same when the runner itself ends: whoever stops it waits for this. */
export const hurriedCloseMs = 1000;
