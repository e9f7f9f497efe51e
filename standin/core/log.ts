/** Diagnostics of the stand-in itself on stderr, with STANDIN_DEBUG=1. */
export function debugLog(...parts: unknown[]): void {
  if (process.env.STANDIN_DEBUG) process.stderr.write(`[stand-in] ${parts.map(String).join(' ')}\n`);
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
