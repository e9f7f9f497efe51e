/** Host candidates are there within 20 ms; only an unreachable STUN or TURN server lets this elapse. */
export const gatheringMs = 2000;

/** The client's own limit from answer to connected (cloud-protocol.md). */
export const connectMs = 30_000;

/** How long a replaced peer lives on beside one that does not connect (A43). */
export const retireMs = 5000;

/**
 * libwebrtc's own ceiling for 512² is 1.7 Mbps and for 720p 2.5; line drawings and film grain look soft at
 * that. It is a ceiling: congestion control decides below it.
 */
export const maxVideoKbps = 4000;

/** Without it the estimate starts at 300 kbps and the first seconds are a blur (relay.md). */
export const startVideoKbps = 1500;

/** A running session has a frame within 33 ms; after this there is none to show. */
export const pictureMs = 2000;

export const frameCountsIntervalMs = 1000;
