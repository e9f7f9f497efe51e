/** Largest message of a client; an SDP has some kilobytes, an upload is what needs it. */
export const maxPayloadBytes = 1024 * 1024;

/** Intervals without a single byte from the client until it counts as gone (A7). */
export const silentIntervals = 3;

/** A message that the client's system does not take within this time never will be (A9). */
export const writeMs = 10_000;

/** A client that does not read is let go rather than buffered for. */
export const maxBufferedBytes = 4 * 1024 * 1024;

/** Trickled candidates and parameter changes come in bursts; 400 at once and 100/s leave ample room. */
export const messageRate = { perSecond: 100, burst: 400 };

/** Log lines for the client: a crash loop in a pipeline must not fill the socket. */
export const logRate = { perSecond: 10, burst: 50 };

/** Requests under way for one client; each may hold memory until it is answered. */
export const maxOpenRequests = 64;

/** How long a close frame may take to be answered before the socket is cut. */
export const closeMs = 1000;
