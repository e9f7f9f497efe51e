import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { onTestFinished } from 'vitest';

const channel = 'net.server.socket';

/**
 * The servers' ends of connections that are accepted in this process until the test is over, the runner's among
 * them: what it has buffered, and whether it has let go, shows there and nowhere else.
 */
export function watchAccepted(): { endOf(clientPort: number | undefined): Socket } {
  const accepted: Socket[] = [];
  const note = (message: unknown): void => {
    accepted.push((message as { socket: Socket }).socket);
  };
  subscribe(channel, note);
  onTestFinished(() => {
    unsubscribe(channel, note);
  });
  return {
    endOf(clientPort) {
      const end = accepted.find(({ remotePort }) => remotePort === clientPort);
      if (!end) throw new Error(`nothing was accepted from port ${clientPort}`);
      return end;
    },
  };
}
