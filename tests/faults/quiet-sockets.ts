import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

/** The two ends of one TCP connection on loopback, as far as they are there. */
interface Pair {
  dialled: Socket | null;
  accepted: Socket | null;
}

const dialling = new Set<Socket>();
const pairs = new Map<string, Pair>();

/** Turns of the event loop without news: one each for a close on either side of a proxy, one to spare. */
const quietTurns = 3;

subscribe('net.client.socket', (message) => {
  const { socket } = message as { socket: Socket };
  dialling.add(socket);
  socket.once('connect', () => {
    dialling.delete(socket);
    join(`${socket.localPort} ${socket.remotePort}`, { dialled: socket });
  });
  socket.once('close', () => dialling.delete(socket));
});
subscribe('net.server.socket', (message) => {
  const { socket } = message as { socket: Socket };
  join(`${socket.remotePort} ${socket.localPort}`, { accepted: socket });
});

function join(key: string, end: { dialled: Socket } | { accepted: Socket }): void {
  pairs.set(key, { dialled: null, accepted: null, ...pairs.get(key), ...end });
  // A broken connection loses what was on its way, so that nothing can be waited for.
  const socket = 'dialled' in end ? end.dialled : end.accepted;
  socket.once('close', () => pairs.delete(key));
}

function isQuiet(): boolean {
  return dialling.size === 0 && [...pairs.values()].every(hasArrived);
}

/** Whether all that one end wrote was read at the other. */
function hasArrived({ dialled, accepted }: Pair): boolean {
  if (dialled === null || accepted === null) return false;
  return dialled.bytesWritten === accepted.bytesRead && accepted.bytesWritten === dialled.bytesRead;
}

/**
 * Resolves when no byte is on its way between sockets of this process. Both ends of every connection made after
 * this module was loaded have to be in this process, and none may be paused.
 */
export async function untilQuiet(): Promise<void> {
  for (let turns = 0; turns < quietTurns; turns = isQuiet() ? turns + 1 : 0) {
    // oxlint-disable-next-line no-await-in-loop -- one turn after the other
    await new Promise((resolve) => setImmediate(resolve));
  }
}
