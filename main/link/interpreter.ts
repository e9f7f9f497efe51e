import type { MachineEffect } from '../../shared/link/effect.ts';
import type { Command, MachineEvent, Report, Stamp } from '../../shared/link/event.ts';
import { held, idleMachine, type LinkMachine } from '../../shared/link/machine.ts';
import { createReducer } from '../../shared/link/reducer.ts';
import type { LinkPolicy } from '../../shared/link/retry-policy.ts';
import { selectState } from '../../shared/link/select-state.ts';
import type { LinkState } from '../../shared/link/state.ts';
import type { Clock, Timer } from './clock.ts';
import { SteadyTime } from './steady-time.ts';

/** What the interpreter asks of a socket. */
export interface OpenSocket {
  probe(): void;
  end(how: 'goodbye' | 'cut'): Promise<void>;
}

/** What the interpreter asks of a peer connection. */
export interface OpenLeg {
  end(): Promise<void>;
}

type Unstamped<Event> = Event extends unknown ? Omit<Event, keyof Stamp> : never;
export type Dispatch = (report: Report) => void;
export type EffectOf<Type extends MachineEffect['type']> = Extract<MachineEffect, { type: Type }>;

export interface InterpreterOptions<Socket extends OpenSocket> {
  clock: Clock;
  policy: LinkPolicy;
  /**
   * Opens a socket and reports on it until it is ended.
   *
   * @param after What has to be gone first.
   */
  dial(effect: EffectOf<'dial'>, dispatch: Dispatch, after: Promise<unknown>): Socket;
  /** Makes another peer connection over a socket. It is handed over by `keep`. */
  build(socket: Socket, effect: EffectOf<'build'>, dispatch: Dispatch): void;
  /** Changes the pipeline on the live connection, and reports `loaded` or `load-refused`. */
  load(socket: Socket, effect: EffectOf<'load'>, dispatch: Dispatch): void;
  /** The public state changed. */
  changed(state: LinkState): void;
  tell(what: string, why: string | null, tookMs: number | null): void;
  notice(text: string): void;
  /** Something did not end cleanly. Nothing depends on it any more. */
  failedToEnd(error: unknown): void;
}

/**
 * Feeds the reducer and carries out its effects. It owns the one timer and whatever the machine has numbered:
 * sockets and peer connections, each of which lives until an effect ends it.
 */
export class Interpreter<Socket extends OpenSocket, Leg extends OpenLeg> {
  readonly #options: InterpreterOptions<Socket>;
  readonly #time: SteadyTime;
  #policy: LinkPolicy;
  #reduce: ReturnType<typeof createReducer>;
  readonly #queue: MachineEvent[] = [];
  #draining = false;
  #machine: LinkMachine = idleMachine;
  #state: LinkState;
  readonly #sockets = new Map<number, Socket>();
  readonly #legs = new Map<number, Leg>();
  readonly #ending = new Set<Promise<void>>();
  #timer: Timer | null = null;

  constructor(options: InterpreterOptions<Socket>) {
    this.#options = options;
    this.#time = new SteadyTime(options.clock);
    this.#policy = options.policy;
    this.#reduce = createReducer(options.policy);
    this.#state = selectState(this.#machine, options.policy.retry.attempts);
  }

  get state(): LinkState {
    return this.#state;
  }

  /** Index of the endpoint in force. */
  get place(): number {
    return this.#machine.place;
  }

  /** The socket in force, or else the one that is being made. */
  get socket(): Socket | null {
    const { socket, attempt } = held(this.#machine);
    return this.#sockets.get(socket ?? attempt ?? -1) ?? null;
  }

  /** What feeds the page, or last did. */
  get leg(): Leg | null {
    return this.#legs.get(held(this.#machine).leg ?? -1) ?? null;
  }

  /** All peer connections there are. */
  get legs(): Iterable<Leg> {
    return this.#legs.values();
  }

  /** Takes a peer connection that is being made. One that nobody wants any more is ended at once. */
  keep(generation: number, leg: Leg): void {
    const { attempt } = held(this.#machine);
    if (attempt === generation) this.#legs.set(generation, leg);
    else this.#untilGone(leg.end());
  }

  command(command: Command): void {
    this.#dispatch(command);
  }

  /** The rules for whatever happens from now on. */
  follow(policy: LinkPolicy): void {
    this.#policy = policy;
    this.#reduce = createReducer(policy);
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
    this.#queue.push({ ...event, at: this.#time.now(), roll: this.#options.clock.random() });
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
    this.#machine = state;
    for (const effect of effects) this.#carryOut(effect);
    const shown = this.#time.shown(selectState(state, this.#policy.retry.attempts));
    if (JSON.stringify(shown) === JSON.stringify(this.#state)) return;
    this.#state = shown;
    this.#options.changed(shown);
  }

  #carryOut(effect: MachineEffect): void {
    const report: Dispatch = (news) => this.#dispatch(news);
    switch (effect.type) {
      case 'dial':
        // Those of now, not `settled()`: that would also wait for this socket's own end.
        this.#sockets.set(effect.generation, this.#options.dial(effect, report, Promise.all(this.#ending)));
        break;
      case 'build':
        this.#with(effect.socket, (socket) => this.#options.build(socket, effect, report));
        break;
      case 'load':
        this.#with(effect.generation, (socket) => this.#options.load(socket, effect, report));
        break;
      case 'probe':
        this.#with(effect.generation, (socket) => socket.probe());
        break;
      case 'hang-up':
        this.#with(effect.generation, (socket) => this.#untilGone(socket.end(effect.how)));
        this.#sockets.delete(effect.generation);
        break;
      case 'close-leg':
        this.#closeLeg(effect.generation);
        break;
      case 'wake':
        this.#wakeAt(effect.at);
        break;
      case 'tell':
        this.#options.tell(effect.what, effect.why, effect.tookMs);
        break;
      case 'notice':
        this.#options.notice(effect.text);
        break;
      default:
        effect satisfies never;
    }
  }

  #with(generation: number, run: (socket: Socket) => void): void {
    const socket = this.#sockets.get(generation);
    if (socket !== undefined) run(socket);
  }

  /** One that was never made needs no end; one still being made is ended by `keep`. */
  #closeLeg(generation: number): void {
    const leg = this.#legs.get(generation);
    if (leg === undefined) return;
    this.#legs.delete(generation);
    this.#untilGone(leg.end());
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
      Math.max(0, at - this.#time.now()),
    );
  }
}
