/** WebSocket close codes of the cloud protocol (RFC 6455 section 7.4; 4000 and up are ours to give). */
export const closeCode = {
  normal: 1000,
  goingAway: 1001,
  /** No close frame arrived. Never sent on the wire. */
  abnormal: 1006,
  policyViolation: 1008,
  messageTooBig: 1009,
  internalError: 1011,
  serviceRestart: 1012,
  /** No free slot, or not ready: dial another runner. */
  tryAgainLater: 1013,
  takenOver: 4001,
  accessDenied: 4003,
  creditsExhausted: 4020,
} as const;

/** After one of these the client must not dial again by itself. */
export const terminalCloseCodes: ReadonlySet<number> = new Set([
  closeCode.takenOver,
  closeCode.accessDenied,
  closeCode.creditsExhausted,
]);
