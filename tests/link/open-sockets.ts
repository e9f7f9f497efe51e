/** Sockets that this process holds: TCP, TLS and UDP, listening ones included. */
export function openSockets(): number {
  const kinds = new Set(['TCPSocketWrap', 'TLSWrap', 'UDPWrap', 'TCPServerWrap', 'TCPConnectWrap']);
  return process.getActiveResourcesInfo().filter((kind) => kinds.has(kind)).length;
}

/**
 * Resolves when exactly `count` sockets are open. The event loop may need a turn to take a closed one off its list; a
 * leak never gets there and meets the test's time-out.
 */
export async function untilOpenSockets(count: number): Promise<void> {
  while (openSockets() !== count) {
    // oxlint-disable-next-line no-await-in-loop -- one turn after the other
    await new Promise((resolve) => setImmediate(resolve));
  }
}
