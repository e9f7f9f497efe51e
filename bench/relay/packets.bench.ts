/*
 * Packets/s that one core relays, and the latency of a hop. This process is page and runner, the relay is a child pinned
 * to the other core. Payload 1,100 octets, AES-GCM, one transport-wide extension, as a 720p stream has it.
 */
import { cpus } from 'node:os';
import { rtpPacket } from '../../main/relay/rtp/rtp-packet.fixture.ts';
import { PlainPeer } from '../../tests/relay/plain-peer.ts';
import { percentile, report, type BenchRow } from '../result.ts';
import { pin, RelayChild } from './relay-child.ts';

const pageSsrc = 500;
const latencyRate = 1_000;
const rates = [5_000, 10_000, 15_000, 20_000, 25_000];
const seconds = 4;
const drainMs = 300;

interface Route {
  from: PlainPeer;
  to: PlainPeer;
}

interface Passage {
  packets: number;
  /** Share, 0 to 1. */
  delivered: number;
  sentPerSecond: number;
  /** Milliseconds. */
  latencies: number[];
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

let sequence = 100;

/** Counts packets where they arrive, before they are decrypted: what the receiver costs is not measured here. */
function countArrivals({ transport }: PlainPeer, onPacket: (sequence: number) => void): void {
  const { protocols } = transport.ice.connection as unknown as {
    protocols: { transport: { onData: (data: Buffer, from: readonly [string, number]) => void } }[];
  };
  const socket = protocols[0]!.transport;
  const inner = socket.onData;
  socket.onData = (data, from) => {
    if (data[0]! >= 128 && data[0]! < 192 && (data[1]! & 0x7f) === 96) onPacket(data.readUInt16BE(2));
    else inner(data, from);
  };
}

function makePacket(): Buffer {
  const transportWide = Buffer.alloc(2);
  transportWide.writeUInt16BE(sequence & 0xffff);
  return rtpPacket({
    ssrc: pageSsrc,
    sequence,
    timestamp: sequence * 30,
    extensions: [{ id: 4, value: transportWide }],
    payload: Buffer.alloc(1_100, 7),
  });
}

const sentAt = new Float64Array(0x1_0000);
let arrived: number[] = [];

async function drive({ from }: Route, rate: number): Promise<Passage> {
  arrived = [];
  const total = rate * seconds;
  const start = performance.now();
  let sent = 0;
  while (sent < total) {
    const due = Math.min(total, Math.floor(((performance.now() - start) * rate) / 1000));
    for (let burst = 0; sent < due && burst < 64; sent++, burst++) {
      const packet = makePacket();
      sentAt[sequence++ & 0xffff] = performance.now();
      from.transport.sendRtp(packet, packet.length);
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  const elapsed = (performance.now() - start) / 1000;
  await pause(drainMs);
  return {
    packets: arrived.length,
    delivered: arrived.length / total,
    sentPerSecond: total / elapsed,
    latencies: arrived,
  };
}

async function directRoute(): Promise<Route> {
  const from = await PlainPeer.create('page');
  const to = await PlainPeer.create('runner');
  const answer = await to.answerPassively(from.offer());
  from.accept(answer);
  await Promise.all([from.connected, to.connected]);
  return { from, to };
}

async function relayedRoute(relay: RelayChild): Promise<Route> {
  const from = await PlainPeer.create('page');
  const to = await PlainPeer.create('runner', { ssrc: 900, rtxSsrc: 901 });
  const { sdp } = await relay.ask({ type: 'attach', sdp: from.offer() }, 'attached');
  from.accept(sdp);
  await from.connected;
  await relay.connectRunner(to.answer);
  await to.connected;
  return { from, to };
}

if (cpus().length > 1) pin(process.pid, 0);
const relay = new RelayChild(cpus().length > 1 ? 1 : null);
const direct = await directRoute();
const relayed = await relayedRoute(relay);
for (const { to } of [direct, relayed]) {
  countArrivals(to, (number) => arrived.push(performance.now() - sentAt[number]!));
}

await drive(relayed, latencyRate);
const alone = await drive(direct, latencyRate);
const hopped = await drive(relayed, latencyRate);
const added = (share: number) => percentile(hopped.latencies, share) - percentile(alone.latencies, share);
const rows: BenchRow[] = [
  {
    figure: 'hop at 1,000 packets/s, one way, p50',
    value: added(0.5),
    unit: 'ms',
    aim: '≤ 0.3',
    met: added(0.5) <= 0.3,
  },
  { figure: 'hop at 1,000 packets/s, one way, p95', value: added(0.95), unit: 'ms' },
  { figure: 'direct at 1,000 packets/s, one way, p50', value: percentile(alone.latencies, 0.5), unit: 'ms' },
];

let best = 0;
for (const rate of rates) {
  await relay.ask({ type: 'mark' }, 'marked');
  const { packets, delivered, sentPerSecond, latencies } = await drive(relayed, rate);
  const { cpuPercent, cpuSeconds, residentMiB } = await relay.ask({ type: 'usage' }, 'usage');
  if (delivered === 1) best = Math.max(best, sentPerSecond);
  rows.push(
    { figure: `${rate} packets/s: delivered`, value: 100 * delivered, unit: '%' },
    { figure: `${rate} packets/s: really sent`, value: sentPerSecond, unit: 'packets/s' },
    { figure: `${rate} packets/s: CPU of the relay, drain included`, value: cpuPercent, unit: '% of core' },
    // Unlike the others this holds on a machine that is busy with something else.
    { figure: `${rate} packets/s: CPU time per packet`, value: (cpuSeconds * 1e6) / packets, unit: 'µs' },
    { figure: `${rate} packets/s: latency p50`, value: percentile(latencies, 0.5), unit: 'ms' },
    { figure: `${rate} packets/s: memory of the relay`, value: residentMiB, unit: 'MiB' },
  );
}
rows.push({
  figure: 'most packets/s on one core with all delivered',
  value: best,
  unit: 'packets/s',
  aim: '≥ 20,000',
  met: best >= 19_900,
});

relay.close();
report({ title: 'Relay: packets', rows });
process.exit(0);
