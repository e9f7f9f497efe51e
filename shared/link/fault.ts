/**
 * Why a link could not be made or was lost. Values, not exceptions: each is something the user can be told
 * and can act on. `presentFault` words them.
 */
export type Fault =
  /** The address cannot be used at all; found before dialling. */
  | { kind: 'invalid-endpoint'; detail: string }
  /** DNS, refused port, no route. `code` is Node's (`ECONNREFUSED`, `ENOTFOUND`, …). */
  | { kind: 'unreachable'; code: string }
  | { kind: 'tls'; detail: string }
  /** TCP opened, but no WebSocket handshake within the time-out. */
  | { kind: 'handshake-timeout' }
  /** The upgrade was answered 401 or 403: the token is missing or wrong. */
  | { kind: 'unauthorised'; status: number }
  /** Something answered, but it is no runner (HTML, 404, plain HTTP). */
  | { kind: 'not-a-runner'; status: number | null }
  /** The upgrade was refused for the moment (429, 5xx). */
  | { kind: 'unavailable'; status: number }
  | { kind: 'no-free-slot' }
  /** The socket opened, but `ready` did not come in time. */
  | { kind: 'ready-timeout' }
  /** Nothing was received for the deadline although we pinged. */
  | { kind: 'liveness-timeout'; silentMs: number }
  | { kind: 'closed'; code: number; reason: string }
  /** Something happened here after which an open socket proves nothing: the system slept, or its network changed. */
  | { kind: 'interrupted'; cause: 'sleep' | 'network' }
  | { kind: 'offer-failed'; detail: string }
  /** ICE or DTLS did not connect, or the connection died. */
  | { kind: 'media-failed'; detail: string }
  /** Connected, but no picture comes. */
  | { kind: 'media-stalled'; silentMs: number }
  | { kind: 'pipeline-failed'; detail: string }
  | { kind: 'access-denied'; detail: string }
  /** The runner ended the session for good (`MAX_DURATION_EXCEEDED`, `credits_exhausted`, …). */
  | { kind: 'terminated'; code: string; detail: string }
  | { kind: 'protocol'; detail: string };
