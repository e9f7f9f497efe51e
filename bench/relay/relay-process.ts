/*
 * The relay in a process of its own, so that its CPU time is its own. Parent → child: `attach`, `connect`, `answer`,
 * `mark` (CPU time counts from here), `usage`. Each is answered with one message.
 */
import { createRelay } from '../../main/relay/relay.ts';

export type ToRelay =
  | { type: 'attach'; sdp: string }
  | { type: 'connect' }
  | { type: 'answer'; sdp: string }
  | { type: 'mark' }
  | { type: 'usage' };

export type FromRelay =
  | { type: 'attached'; sdp: string }
  | { type: 'offer'; sdp: string }
  | { type: 'connected' }
  | { type: 'marked' }
  | { type: 'usage'; cpuPercent: number; cpuSeconds: number; residentMiB: number };

const relay = createRelay();
let giveAnswer: (sdp: string) => void = () => undefined;
let cpu = process.cpuUsage();
let since = performance.now();

function tell(message: FromRelay): void {
  process.send?.(message);
}

async function connect(): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    relay
      .connectRunner({
        iceServers: [],
        loopbackOnly: true,
        exchange: (sdp) => {
          tell({ type: 'offer', sdp });
          return new Promise((answered) => (giveAnswer = answered));
        },
        listener: {
          connected: resolve,
          failed: (detail) => reject(new Error(detail)),
          channelOpen: () => undefined,
          channelClosed: () => undefined,
          message: () => undefined,
          firstFrame: () => undefined,
          candidate: () => undefined,
        },
      })
      .catch(reject);
  });
  tell({ type: 'connected' });
}

async function answer(message: ToRelay): Promise<void> {
  switch (message.type) {
    case 'attach':
      return tell({ type: 'attached', sdp: await relay.attachPage(message.sdp) });
    case 'connect':
      return connect();
    case 'answer':
      return giveAnswer(message.sdp);
    case 'mark':
      cpu = process.cpuUsage();
      since = performance.now();
      return tell({ type: 'marked' });
    case 'usage': {
      const { user, system } = process.cpuUsage(cpu);
      const microseconds = (performance.now() - since) * 1000;
      return tell({
        type: 'usage',
        cpuSeconds: (user + system) / 1e6,
        cpuPercent: (100 * (user + system)) / microseconds,
        residentMiB: process.memoryUsage.rss() / 2 ** 20,
      });
    }
    default:
      return message satisfies never;
  }
}

process.on('message', (message: ToRelay) => void answer(message));
process.on('disconnect', () => process.exit(0));
