/** Codes that an `error` frame may carry; a client tolerates codes it does not know. */
export const errorCodes = [
  'ACCESS_DENIED',
  'MAX_DURATION_EXCEEDED',
  'NO_FREE_SLOT',
  'NOT_AUTHENTICATED',
  'BAD_OFFER',
  'PIPELINE_FAILED',
  'TOO_LARGE',
  'RATE_LIMITED',
] as const;

type ErrorCode = (typeof errorCodes)[number];

/** After one of these a reconnect would only be refused again. */
export const terminalErrorCodes: ReadonlySet<string> = new Set<ErrorCode>([
  'ACCESS_DENIED',
  'MAX_DURATION_EXCEEDED',
]);
