/*
 * Thousands of WebSocket clients that only answer pings, as cheap as can be, in a process of their own. Parent →
 * child: `open`, `count`. Each is answered with one `counts`.
 */
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export type ToClients =
  | {
      type: 'open';
      url: string;
      count: number;
      /** Milliseconds over which their dials are spread evenly, so that their pings are. */
      spreadMs: number;
      /** Further lines of the upgrade request. */
      headers: readonly string[];
    }
  | { type: 'count' };

/** Clients that are connected now, and pings that all of them together have answered so far. */
export interface FromClients {
  open: number;
  pongs: number;
}

const pong = 0x8a;
const opcodes = { close: 0x8, ping: 0x9 };
/** Of a client's frame; zero is as good as any. */
const mask = Buffer.alloc(4);
const headersEnd = '\r\n\r\n';

let open = 0;
let pongs = 0;

/** Answers pings, and a close by hanging up. @returns What is left over of a frame that has not come in full. */
function takeFrames(socket: Socket, bytes: Buffer): Buffer {
  let at = 0;
  while (bytes.length - at >= 2) {
    const short = bytes[at + 1]! & 0x7f;
    const head = short === 126 ? 4 : 2;
    if (short === 127) throw new Error('a frame of more than 64 KiB');
    if (bytes.length - at < head) break;
    const length = short === 126 ? bytes.readUInt16BE(at + 2) : short;
    const end = at + head + length;
    if (bytes.length < end) break;
    const opcode = bytes[at]! & 0x0f;
    if (opcode === opcodes.close) socket.end();
    if (opcode === opcodes.ping) {
      socket.write(Buffer.concat([Buffer.of(pong, 0x80 | length), mask, bytes.subarray(at + head, end)]));
      pongs += 1;
    }
    at = end;
  }
  return bytes.subarray(at);
}

function dial({ url, headers }: Extract<ToClients, { type: 'open' }>): Promise<void> {
  const { hostname, port, host, pathname } = new URL(url);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket = connect(Number(port), hostname);
  const request = [
    `GET ${pathname} HTTP/1.1`,
    `Host: ${host}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${Buffer.alloc(16, 1).toString('base64')}`,
    ...headers,
  ];
  socket.write(request.join('\r\n') + headersEnd);
  let phase: 'greeting' | 'open' = 'greeting';
  let left: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    left = left.length === 0 ? chunk : Buffer.concat([left, chunk]);
    if (phase === 'greeting') {
      const end = left.indexOf(headersEnd);
      if (end < 0) return;
      if (!left.toString('latin1', 0, 12).endsWith(' 101')) return reject(new Error(left.toString('latin1')));
      phase = 'open';
      open += 1;
      left = left.subarray(end + headersEnd.length);
      resolve();
    }
    left = takeFrames(socket, left);
  });
  socket.on('error', reject);
  socket.on('close', () => {
    if (phase === 'open') open -= 1;
    reject(new Error('closed'));
  });
  return promise;
}

async function openAll(message: Extract<ToClients, { type: 'open' }>): Promise<void> {
  const startedAt = performance.now();
  const dials: Promise<void>[] = [];
  while (dials.length < message.count) {
    const due = Math.min(message.count, ((performance.now() - startedAt) / message.spreadMs) * message.count);
    while (dials.length < due) dials.push(dial(message));
    await pause(5);
  }
  await Promise.all(dials);
}

process.on('message', async (message: ToClients) => {
  if (message.type === 'open') await openAll(message);
  process.send?.({ open, pongs } satisfies FromClients);
});
process.on('disconnect', () => process.exit(0));
