/*
 * A path between two UDP peers that loses packets or is narrow, in user space and in a process of its own. The parent
 * sends `{ from }`, where the first peer is, and gets the two ports by which each side reaches the other; the second
 * peer is told later or found by its first packet. `{ impairment }` changes what the path does.
 */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

export interface Impairment {
  /** Share of packets lost, 0 to 1. */
  loss?: number;
  /** Bits per second of the bottleneck, with a queue of 250 ms. */
  bitsPerSecond?: number;
}

export interface PathPorts {
  /** Where the first peer sends to. */
  facingFirst: number;
  /** Where the second peer sends to. */
  facingSecond: number;
}

interface Place {
  address: string;
  port: number;
}

export type ToPath = { open: { first: Place | null } } | { second: Place } | { impairment: Impairment };

const queueMs = 250;
const bufferBytes = 4 * 2 ** 20;
/** IPv4 and UDP header. */
const overheadOctets = 28;

let impairment: Impairment = {};

async function bind(): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: bufferBytes, sendBufferSize: bufferBytes });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

/** One direction, with the state of its queue. */
function makeDirection(): (octets: number, forward: () => void) => void {
  let busyUntil = 0;
  return (octets, forward) => {
    const { loss = 0, bitsPerSecond } = impairment;
    if (Math.random() < loss) return;
    if (bitsPerSecond === undefined) return forward();
    const now = performance.now();
    const start = Math.max(now, busyUntil);
    if (start - now > queueMs) return;
    busyUntil = start + ((octets + overheadOctets) * 8_000) / bitsPerSecond;
    setTimeout(forward, busyUntil - now);
  };
}

let second: Place | null = null;

async function open(given: Place | null): Promise<PathPorts> {
  let first = given;
  second = null;
  const [a, b] = await Promise.all([bind(), bind()]);
  const there = makeDirection();
  const back = makeDirection();
  a.on('message', (packet, { address, port }) => {
    first = { address, port };
    there(packet.length, () => second && b.send(packet, second.port, second.address));
  });
  b.on('message', (packet, { address, port }) => {
    second = { address, port };
    back(packet.length, () => first && a.send(packet, first.port, first.address));
  });
  return { facingFirst: a.address().port, facingSecond: b.address().port };
}

process.on('message', (message: ToPath) => {
  if ('open' in message) void open(message.open.first).then((ports) => process.send?.(ports));
  else if ('second' in message) ({ second } = message);
  else ({ impairment } = message);
});
process.on('disconnect', () => process.exit(0));
