import type { MachineEffect } from '../../shared/link/effect.ts';
import type { Command, MachineEvent, Report, Stamp } from '../../shared/link/event.ts';
import { idleMachine, type LinkMachine } from '../../shared/link/machine.ts';
import { createReducer } from '../../shared/link/reducer.ts';
import type { LinkPolicy } from '../../shared/link/retry-policy.ts';
import { selectState } from '../../shared/link/select-state.ts';
import type { LinkState } from '../../shared/link/state.ts';
import type { Clock, Timer } from './clock.ts';
import type { RunnerLeg } from './media-port.ts';

/** What the interpreter asks of a connection. */
export interface OpenConnection {
  readonly leg: RunnerLeg | null;
  end(media: 'keep' | 'close'): Promise<void>;
}

type Unstamped<Event> = Event extends unknown ? Omit<Event, keyof Stamp> : never;

export interface InterpreterOptions<Connection extends OpenConnection> {
  clock: Clock;
  policy: LinkPolicy;
  /**
   * Opens a connection and reports on it until it is ended.
   *
   * @param after What has to be gone first.
   */
  open(generation: number, report: (report: Report) => void, after: Promise<unknown>): Connection;
  /** Changes the pipeline on the live connection, and reports `loaded` or `load-refused`. */
  load(
    connection: Connection,
    effect: Extract<MachineEffect, { type: 'load' }>,
    report: (report: Report) => void,
  ): void;
  /** The public state changed. */
  changed(state: LinkState): void;
  tell(what: string, why: string | null): void;
  notice(text: string): void;
  /** Something did not end cleanly. Nothing depends on it any more. */
  failedToEnd(error: unknown): void;
}

/**
 * Feeds the reducer and carries out its effects. It owns the one timer, the one connection, and the legs that
 * outlive theirs; everything else belongs to the connection.
 */
export class Interpreter<Connection extends OpenConnection> {
  readonly #options: InterpreterOptions<Connection>;
  readonly #reduce: ReturnType<typeof createReducer>;
  readonly #queue: MachineEvent[] = [];
  #draining = false;
  #machine: LinkMachine = idleMachine;
  #state: LinkState;
  #connection: { generation: number; connection: Connection } | null = null;
  /** Legs that go on delivering after their connection was lost. */
  readonly #kept = new Set<RunnerLeg>();
  readonly #ending = new Set<Promise<void>>();
  #timer: Timer | null = null;

  constructor(options: InterpreterOptions<Connection>) {
    this.#options = options;
    this.#reduce = createReducer(options.policy);
    this.#state = selectState(this.#machine, options.policy.retry.attempts);
  }

  get state(): LinkState {
    return this.#state;
  }

  get connection(): Connection | null {
    return this.#connection?.connection ?? null;
  }

  command(command: Command): void {
    this.#dispatch(command);
  }

  /** Resolves when nothing that was told to end is left. */
  async settled(): Promise<void> {
    while (this.#ending.size > 0) {
      // oxlint-disable-next-line no-await-in-loop -- more may have been told to end meanwhile
      await Promise.all(this.#ending);
    }
  }

  /** Effects may cause events at once; those wait until the present one is done with. */
  #dispatch(event: Unstamped<MachineEvent>): void {
    const { clock } = this.#options;
    this.#queue.push({ ...event, at: clock.now(), roll: clock.random() });
    if (this.#draining) return;
    this.#draining = true;
    try {
      for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) this.#step(next);
    } finally {
      this.#draining = false;
    }
  }

  #step(event: MachineEvent): void {
    const { state, effects } = this.#reduce(this.#machine, event);
    if (state === this.#machine) return;
    this.#machine = state;
    for (const effect of effects) this.#carryOut(effect);
    if (state.phase === 'live') this.#dropKept();
    const shown = selectState(state, this.#options.policy.retry.attempts);
    if (JSON.stringify(shown) === JSON.stringify(this.#state)) return;
    this.#state = shown;
    this.#options.changed(shown);
  }

  #carryOut(effect: MachineEffect): void {
    switch (effect.type) {
      case 'attempt':
        this.#attempt(effect.generation);
        break;
      case 'leave':
        this.#leave(effect.generation, effect.media);
        break;
      case 'drop-media':
        this.#dropKept();
        break;
      case 'load':
        if (this.#connection?.generation === effect.generation) {
          const { connection } = this.#connection;
          this.#options.load(connection, effect, (report) => this.#dispatch(report));
        }
        break;
      case 'wake':
        this.#wakeAt(effect.at);
        break;
      case 'tell':
        this.#options.tell(effect.what, effect.why);
        break;
      case 'notice':
        this.#options.notice(effect.text);
        break;
      default:
        effect satisfies never;
    }
  }

  #attempt(generation: number): void {
    // Those of now, not `settled()`: that would also wait for this connection's own end.
    const after = Promise.all(this.#ending);
    const connection = this.#options.open(generation, (report) => this.#dispatch(report), after);
    this.#connection = { generation, connection };
  }

  #leave(generation: number, media: 'keep' | 'close'): void {
    if (this.#connection?.generation !== generation) return;
    const { connection } = this.#connection;
    this.#connection = null;
    if (media === 'keep' && connection.leg !== null) this.#kept.add(connection.leg);
    this.#untilGone(connection.end(media));
  }

  /** The relay closes a leg that another one replaced by itself; a second close does no harm. */
  #dropKept(): void {
    for (const leg of this.#kept) this.#untilGone(leg.close());
    this.#kept.clear();
  }

  #untilGone(ending: Promise<void>): void {
    const entry: Promise<void> = ending
      .catch((error: unknown) => this.#options.failedToEnd(error))
      .finally(() => this.#ending.delete(entry));
    this.#ending.add(entry);
  }

  #wakeAt(at: number | null): void {
    const { clock } = this.#options;
    if (this.#timer !== null) clock.clearTimeout(this.#timer);
    this.#timer = null;
    if (at === null) return;
    this.#timer = clock.setTimeout(
      () => this.#dispatch({ type: 'wake', due: at }),
      Math.max(0, at - clock.now()),
    );
  }
}
