/**
 * IPC: the one way from the window into main. `Door` checks who asks and what; `handlers.ts` answers; `push.ts`
 * is the way back. Nothing else in main names `ipcMain`.
 */
import * as v from 'valibot';
import {
  invokeChannels,
  type AnswerOf,
  type InvokeChannel,
  type ParsedRequestOf,
} from '../../shared/ipc/contract.ts';
import type { Log } from '../diagnostics/log.ts';
import { isOwnPage, type SenderFrame } from './sender.ts';

/** Electron's `ipcMain`, as far as the door needs it. */
export interface Invocable {
  handle(
    channel: string,
    listener: (event: { senderFrame: SenderFrame | null }, ...args: unknown[]) => Promise<unknown>,
  ): void;
}

type Handler<Channel extends InvokeChannel> = (
  request: ParsedRequestOf<Channel>,
) => AnswerOf<Channel> | Promise<AnswerOf<Channel>>;

export type Handlers = { readonly [Channel in InvokeChannel]: Handler<Channel> };

/** What the window is told; the reason stays in the log, because it may quote what the window must not learn. */
export class RefusedError extends Error {
  constructor(channel: string) {
    super(`Linkspan could not do this (${channel}); the log says why.`);
    this.name = 'RefusedError';
  }
}

export class Door {
  readonly #ipc: Invocable;
  readonly #log: Log;

  constructor(ipc: Invocable, log: Log) {
    this.#ipc = ipc;
    this.#log = log;
  }

  /** Answers every channel of the contract. */
  answerAll(handlers: Handlers): void {
    for (const channel of Object.keys(invokeChannels) as InvokeChannel[])
      this.answer(channel, handlers[channel]);
  }

  /**
   * Answers one channel: only our own top frame, only one argument, only what the channel's schema accepts.
   * Whatever goes wrong is logged and rejected with the same message.
   */
  answer<Channel extends InvokeChannel>(channel: Channel, handler: Handlers[Channel]): void {
    const { request: schema } = invokeChannels[channel];
    // The schema just made the argument what this channel's handler takes; the compiler can't follow that.
    const answer = handler as (request: unknown) => unknown;
    this.#ipc.handle(channel, async ({ senderFrame }, ...args) => {
      if (!isOwnPage(senderFrame)) throw this.#refuse(channel, 'a foreign frame asked');
      if (args.length > 1) throw this.#refuse(channel, `${args.length} arguments`);
      const parsed = v.safeParse(schema, args[0]);
      if (!parsed.success) throw this.#refuse(channel, describe(parsed.issues[0]));
      try {
        return await answer(parsed.output);
      } catch (error) {
        throw this.#refuse(channel, error);
      }
    });
  }

  #refuse(channel: string, why: unknown): RefusedError {
    this.#log.error(`ipc ${channel}:`, why);
    return new RefusedError(channel);
  }
}

/** Names the place and the expectation, not the value: it may be a token. */
const describe = (issue: v.BaseIssue<unknown>): string =>
  `${v.getDotPath(issue) ?? 'argument'} expected ${issue.expected ?? issue.type}`;
