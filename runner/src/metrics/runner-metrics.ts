import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { FrameCounts } from '../session/process-messages.ts';
import { costlyMetrics, roundTripBucketsSeconds, sessionBucketsSeconds } from './defaults.ts';

/** What the runner holds at this moment; sessions by how their signalling stands. */
export interface RunnerCensus {
  connections: number;
  slots: number;
  free: number;
  attached: number;
  lingering: number;
  http: number;
}

const evictionReasons = ['silent', 'write-timeout', 'buffer-full'] as const;
const refusalReasons = [
  'no-free-slot',
  'draining',
  'unauthorised',
  'forbidden',
  'too-many-connections',
  'denied',
  'limit',
] as const;
const resumeOutcomes = ['hit', 'unknown', 'expired', 'used'] as const;

export type EvictionReason = (typeof evictionReasons)[number];
export type RefusalReason = (typeof refusalReasons)[number];
export type ResumeOutcome = (typeof resumeOutcomes)[number];

/**
 * What a runner tells a monitoring system, in a registry of its own, so that several runners fit into one
 * process. Series are bounded: labels are slots and closed lists, never ids of clients.
 */
export class RunnerMetrics {
  readonly #registry = new Registry();
  readonly #evictions: Counter<'reason'>;
  readonly #refusals: Counter<'reason'>;
  readonly #resumes: Counter<'outcome'>;
  readonly #takeovers: Counter;
  readonly #roundTrips: Histogram;
  readonly #sessionsEnded: Counter<'reason'>;
  readonly #sessionSeconds: Histogram;
  readonly #framesIn: Counter<'slot'>;
  readonly #framesOut: Counter<'slot'>;
  readonly #framesDropped: Counter<'slot'>;
  readonly #inferences: Counter<'slot'>;
  readonly #inferenceSeconds: Counter<'slot'>;
  readonly #sessionMemory: Gauge<'slot'>;

  /** @param read Asked once a scrape. */
  constructor(read: () => RunnerCensus) {
    const registers = [this.#registry];
    this.#gauge('linkspan_connections', 'WebSocket connections that are open now.', () => read().connections);
    this.#gauge('linkspan_slots', 'Sessions that this runner takes at the same time.', () => read().slots);
    this.#gauge('linkspan_slots_free', 'Slots that a new client could get now.', () => read().free);
    const sessions = new Gauge({
      name: 'linkspan_sessions',
      help: 'Sessions by signalling: attached (socket up), lingering (socket lost, within the grace), http.',
      labelNames: ['signalling'],
      registers,
      collect() {
        const { attached, lingering, http } = read();
        sessions.set({ signalling: 'attached' }, attached);
        sessions.set({ signalling: 'lingering' }, lingering);
        sessions.set({ signalling: 'http' }, http);
      },
    });
    this.#evictions = new Counter({
      name: 'linkspan_evictions_total',
      help: 'Connections cut by the runner, by reason: silent, write-timeout, buffer-full.',
      labelNames: ['reason'],
      registers,
    });
    // From zero, so that the first event shows as a rise.
    for (const reason of evictionReasons) this.#evictions.inc({ reason }, 0);
    this.#refusals = new Counter({
      name: 'linkspan_refusals_total',
      help: `Clients and requests turned away, by reason: ${refusalReasons.join(', ')}.`,
      labelNames: ['reason'],
      registers,
    });
    for (const reason of refusalReasons) this.#refusals.inc({ reason }, 0);
    this.#resumes = new Counter({
      name: 'linkspan_resumes_total',
      help: 'Resume tokens presented, by outcome: hit, or the miss unknown, expired, used.',
      labelNames: ['outcome'],
      registers,
    });
    for (const outcome of resumeOutcomes) this.#resumes.inc({ outcome }, 0);
    this.#takeovers = this.#counter(
      'linkspan_takeovers_total',
      'Resumes that found the old socket still open and closed it with 4001.',
    );
    this.#roundTrips = new Histogram({
      name: 'linkspan_round_trip_seconds',
      help: 'Time from a WebSocket ping to its pong.',
      buckets: roundTripBucketsSeconds,
      registers,
    });
    this.#sessionsEnded = new Counter({
      name: 'linkspan_sessions_ended_total',
      help: 'Sessions that ended, by reason.',
      labelNames: ['reason'],
      registers,
    });
    this.#sessionSeconds = new Histogram({
      name: 'linkspan_session_duration_seconds',
      help: 'How long sessions lasted, from taking the slot to giving it back.',
      buckets: sessionBucketsSeconds,
      registers,
    });
    this.#framesIn = this.#perSlot('linkspan_frames_received_total', 'Frames decoded from the client.');
    this.#framesOut = this.#perSlot('linkspan_frames_sent_total', 'Frames handed to the encoder.');
    this.#framesDropped = this.#perSlot(
      'linkspan_frames_dropped_total',
      'Frames that made way for newer ones, or that the model failed on.',
    );
    this.#inferences = this.#perSlot('linkspan_inferences_total', 'Frames that went through a model.');
    this.#inferenceSeconds = this.#perSlot(
      'linkspan_inference_seconds_total',
      'Time spent in inference; its rate over that of linkspan_inferences_total is the mean.',
    );
    this.#sessionMemory = new Gauge({
      name: 'linkspan_session_resident_memory_bytes',
      help: 'Resident memory of the process of the session in a slot.',
      labelNames: ['slot'],
      registers,
    });
    collectDefaultMetrics({ register: this.#registry });
    for (const name of costlyMetrics) this.#registry.removeSingleMetric(name);
  }

  /** The runner cut a connection. */
  evicted(reason: EvictionReason): void {
    this.#evictions.inc({ reason });
  }

  /** A client or a request was turned away, whether before or after it was let in. */
  refused(reason: RefusalReason): void {
    this.#refusals.inc({ reason });
  }

  /** A client came back with a token: `hit`, or why it did not find its session. */
  resume(outcome: ResumeOutcome): void {
    this.#resumes.inc({ outcome });
  }

  /** A hit whose old socket still stood. */
  takeover(): void {
    this.#takeovers.inc();
  }

  /** A pong came. Cheap enough for 10,000 connections, some 4,000 a second: 0.13 µs each when measured. */
  roundTrip(seconds: number): void {
    this.#roundTrips.observe(seconds);
  }

  /** @param reason One of a closed list; each value is a series for good. */
  sessionEnded(reason: string, seconds: number): void {
    this.#sessionsEnded.inc({ reason });
    this.#sessionSeconds.observe(seconds);
  }

  /** What a session reports of its media, once a second. */
  frames(slot: number, counts: FrameCounts): void {
    this.#framesIn.inc({ slot }, counts.in);
    this.#framesOut.inc({ slot }, counts.out);
    this.#framesDropped.inc({ slot }, counts.dropped);
    this.#inferences.inc({ slot }, counts.inferences);
    this.#inferenceSeconds.inc({ slot }, (counts.inferences * (counts.inferenceMs ?? 0)) / 1000);
    this.#sessionMemory.set({ slot }, counts.rssBytes);
  }

  /** The session of that slot is over. Its slot's counters stay: they go on with the next one. */
  sessionGone(slot: number): void {
    this.#sessionMemory.remove({ slot });
  }

  /** Everything, in the text format of Prometheus. */
  async text(): Promise<{ text: string; contentType: string }> {
    return { text: await this.#registry.metrics(), contentType: this.#registry.contentType };
  }

  #counter(name: string, help: string): Counter {
    return new Counter({ name, help, registers: [this.#registry] });
  }

  #perSlot(name: string, help: string): Counter<'slot'> {
    return new Counter({ name, help, labelNames: ['slot'], registers: [this.#registry] });
  }

  #gauge(name: string, help: string, value: () => number): void {
    const gauge: Gauge = new Gauge({
      name,
      help,
      registers: [this.#registry],
      collect(): void {
        gauge.set(value());
      },
    });
  }
}
