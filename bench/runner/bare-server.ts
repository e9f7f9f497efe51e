/*
 * What a WebSocket server costs at the least: `ws` with a ping every 5 s and an end after 15 s of silence. Its
 * metrics are the runner's, so that both are read, and burdened, alike. Prints its address as the runner does.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { RunnerMetrics } from '../../runner/src/metrics/runner-metrics.ts';

const pingIntervalMs = 5000;
const silenceMs = 15_000;

const nothing = { connections: 0, slots: 0, free: 0, attached: 0, lingering: 0, http: 0 };
const metrics = new RunnerMetrics(() => nothing);
const server = createServer((_request, response) => {
  void metrics.text().then(({ text }) => response.end(text));
});

new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (socket) => {
  let heardAt = performance.now();
  const ticking = setInterval(() => {
    if (performance.now() - heardAt > silenceMs) socket.terminate();
    else socket.ping();
  }, pingIntervalMs);
  socket.on('pong', () => {
    heardAt = performance.now();
  });
  socket.on('close', () => clearInterval(ticking));
});

server.listen(0, '127.0.0.1', () => {
  process.stdout.write(
    `${JSON.stringify({ url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/ws` })}\n`,
  );
});
process.once('SIGTERM', () => process.exit(0));
