import type { LinkState } from '../../shared/link/state.ts';
import type { LinkStats, LinkStatus } from '../../shared/link/status.ts';
import type { ServerMessage } from '../../shared/wire/server-messages.ts';
import type { Clock, Timer } from './clock.ts';
import type { LinkEvent } from './host.ts';
import { StatsMeter } from './stats-meter.ts';
import { withoutSecret } from './without-secret.ts';

export interface BulletinOptions {
  clock: Clock;
  statsMs: number;
  log: (level: 'info' | 'warn' | 'error', text: string) => void;
  emit: (event: LinkEvent) => void;
  /** Nothing told may hold one of these. */
  secrets(): readonly string[];
  status(): LinkStatus;
  /** Reads the live connection's counters into the meter. */
  sample(meter: StatsMeter): void;
}

/** Everything the link tells: status, history, notices, the runner's own lines. The one place that blackens. */
export class Bulletin {
  readonly #options: BulletinOptions;
  readonly #meter: StatsMeter;
  #timer: Timer | null = null;

  constructor(options: BulletinOptions) {
    this.#options = options;
    this.#meter = new StatsMeter(options.clock);
  }

  get stats(): LinkStats {
    return this.#meter.stats;
  }

  clean(text: string): string {
    return this.#options.secrets().reduce(withoutSecret, text);
  }

  log(level: 'info' | 'warn' | 'error', text: string): void {
    this.#options.log(level, this.clean(text));
  }

  /** @param tookMs How long what has now ended had lasted. */
  tell(what: string, why: string | null, tookMs: number | null = null): void {
    const at = this.#options.clock.now();
    const entry = { at, what: this.clean(what), why: why === null ? null : this.clean(why), tookMs };
    const because = entry.why === null ? '' : `: ${entry.why}`;
    const took = tookMs === null ? '' : ` (after ${(tookMs / 1000).toFixed(1)} s)`;
    this.#options.log('info', `${entry.what}${because}${took}`);
    this.#options.emit({ type: 'timeline', entry });
  }

  notice(text: string): void {
    this.#options.emit({ type: 'notice', text: this.clean(text) });
  }

  /** A new state is told at once; while it is live, figures follow at their interval. */
  changed(state: LinkState): void {
    const isUp = state.phase === 'live' || state.phase === 'degraded';
    if (isUp && this.#timer === null) this.#measure();
    if (!isUp && this.#timer !== null) {
      this.#options.clock.clearTimeout(this.#timer);
      this.#timer = null;
      this.#meter.reset();
    }
    this.#emitStatus();
  }

  /** A message of the runner's that answers no request. */
  push(message: ServerMessage): void {
    switch (message.type) {
      case 'logs':
        this.#options.emit({ type: 'logs', lines: message.lines.map((line) => this.clean(line)) });
        break;
      case 'frames':
        this.#meter.frames(message);
        break;
      case 'notice':
        this.notice(noticeText(message.code, message.in_ms));
        break;
      case 'error':
        this.#runnerError(message);
        break;
      case 'user_id_set':
        // `set_user_id` is sent without waiting; a refusal comes as an error.
        break;
      default:
        this.log('info', `Nothing to do for the runner's ${message.type}`);
    }
  }

  /** An error that answers nothing and ends nothing; only a failing pipeline concerns the user. */
  #runnerError({ error, code }: Extract<ServerMessage, { type: 'error' }>): void {
    this.log('warn', `The runner reports an error: ${error}${code === undefined ? '' : ` (${code})`}`);
    if (code !== 'PIPELINE_FAILED') return;
    this.tell('The pipeline failed on the runner', error);
    this.notice(`The pipeline failed on the runner: ${error}`);
  }

  #measure(): void {
    const { clock, statsMs } = this.#options;
    this.#options.sample(this.#meter);
    this.#timer = clock.setTimeout(() => {
      this.#measure();
      this.#emitStatus();
    }, statsMs);
  }

  #emitStatus(): void {
    this.#options.emit({ type: 'status', status: this.#options.status() });
  }
}

const seconds = (ms: number): number => Math.round(ms / 1000);

function noticeText(code: string, inMs: number | undefined): string {
  if (code === 'MAX_DURATION_SOON' && inMs !== undefined) {
    return `The runner ends this session in ${seconds(inMs)} s: its time limit is near.`;
  }
  return `The runner says: ${code}`;
}
