import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { FromRelay, ToRelay } from './relay-process.ts';

/** The relay process as its parent sees it. */
export class RelayChild {
  readonly #child: ChildProcess;

  /** @param core Pins the process where the system can; null leaves it to the scheduler. */
  constructor(core: number | null) {
    this.#child = fork(path.join(import.meta.dirname, 'relay-process.ts'));
    if (core !== null) pin(this.#child.pid!, core);
  }

  async ask<T extends FromRelay['type']>(
    message: ToRelay,
    reply: T,
  ): Promise<Extract<FromRelay, { type: T }>> {
    this.#child.send(message);
    return this.next(reply);
  }

  async next<T extends FromRelay['type']>(type: T): Promise<Extract<FromRelay, { type: T }>> {
    for (;;) {
      const [message] = (await once(this.#child, 'message')) as [FromRelay];
      if (message.type === type) return message as Extract<FromRelay, { type: T }>;
    }
  }

  /** Takes a runner through offer and answer. */
  async connectRunner(answerOf: (offer: string) => Promise<string>): Promise<void> {
    const { sdp } = await this.ask({ type: 'connect' }, 'offer');
    const connected = this.next('connected');
    this.#child.send({ type: 'answer', sdp: await answerOf(sdp) } satisfies ToRelay);
    await connected;
  }

  close(): void {
    this.#child.kill();
  }
}

/** Where `taskset` is missing the figures are a little noisier, no more. */
export function pin(pid: number, core: number): void {
  spawnSync('taskset', ['-pc', String(core), String(pid)]);
}
