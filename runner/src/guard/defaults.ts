/** People wait for this; a service that takes longer is as good as down. */
export const userCheckMs = 5000;

/** From the connection to the end of the request's headers, TLS included; a phone on a bad network needs 3 s. */
export const handshakeMs = 10_000;

/** From the connection to the end of a request with its body: 1 MiB at 280 kbit/s. */
export const requestMs = 30_000;

/** An idle HTTP connection that a proxy may use again. */
export const keepAliveMs = 15_000;

/**
 * TLS handshakes under way from one address, as a multiple of the connections that it may have: nothing can be said
 * to a client before, and one that is over the limit is to be told so.
 */
export const handshakeShare = 2;

/** For a client that was refused to read why and hang up, before its socket is cut. */
export const hangUpMs = 2000;

/** How often overdue handshakes are looked for. */
export const overdueCheckMs = 1000;

/** Open sockets of any kind, all clients together: 1.5 kB of kernel memory and more each. */
export const maxSockets = 16_384;
