import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

/** The two ends of one TCP connection on loopback, as far as they are there. */
interface Pair {
  dialled: Socket | null;
  accepted: Socket | null;
}

const dialling = new Set<Socket>();
const pairs = new Map<string, Pair>();

/** Turns of the event loop without news: what a socket brought may make others write in a later turn. */
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
  const pair = Object.assign(pairs.get(key) ?? { dialled: null, accepted: null }, end);
  pairs.set(key, pair);
  const socket = 'dialled' in end ? end.dialled : end.accepted;
  socket.once('close', () => {
    // The other end may be in another process and will not come.
    if ([pair.dialled, pair.accepted].every((other) => other === null || other.closed)) pairs.delete(key);
  });
}

function isQuiet(): boolean {
  return dialling.size === 0 && [...pairs.values()].every(isSettled);
}

/** Whether each end has noticed all that the other did. */
function isSettled({ dialled, accepted }: Pair): boolean {
  if (dialled === null || accepted === null) return false;
  return hasNoticed(dialled, accepted) && hasNoticed(accepted, dialled);
}

function hasNoticed(reader: Socket, writer: Socket): boolean {
  if (reader.destroyed) return reader.closed;
  // A broken connection loses what was on its way, so that its bytes cannot be waited for.
  if (writer.destroyed) return writer.closed && reader.readableEnded && !reader.writableEnded;
  if (writer.bytesWritten !== reader.bytesRead) return false;
  return !writer.writableEnded || (reader.readableEnded && !reader.writableEnded);
}

/**
 * Resolves when nothing is on its way between sockets of this process: no byte, no end, no reset. Both ends of every
 * connection made after this module was loaded have to be in this process, and none may be paused.
 */
export async function untilQuiet(): Promise<void> {
  for (let turns = 0; turns < quietTurns; turns = isQuiet() ? turns + 1 : 0) {
    // oxlint-disable-next-line no-await-in-loop -- one turn after the other
    await new Promise((resolve) => setImmediate(resolve));
  }
}
