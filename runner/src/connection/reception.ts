import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { closeCode } from '../../../shared/wire/close-codes.ts';
import type { Caller } from '../http/front.ts';
import type { Admission, UserQuestion } from '../guard/user-check.ts';
import type { Lease } from '../session/lease.ts';
import type { ResumeMiss } from '../session/resume-tokens.ts';
import { Connection, type ConnectionOptions } from './connection.ts';
import { hurriedCloseMs } from './defaults.ts';

type Shared = 'runner' | 'options' | 'metrics' | 'clock' | 'goaway' | 'tokens' | 'onMediaConnected';

export interface ReceptionOptions extends Pick<ConnectionOptions, Shared> {
  /** A session for somebody new; why not, when there is none. */
  take: () => Lease | 'no-free-slot' | 'draining';
  present: (token: string) => { lease: Lease } | { miss: ResumeMiss };
  /** Null lets everyone in. */
  checkUser: ((question: UserQuestion) => Promise<Admission>) | null;
  scopeOf: (address: string) => ConnectionOptions['scope'];
  log: Logger;
}

const refusals = {
  'no-free-slot': 'Every session of this runner is taken.',
  draining: 'The runner is going away.',
} as const;

/** Receives clients: back to their session, to a new one, or away when there is none. */
export class Reception {
  readonly #options: ReceptionOptions;
  readonly #connections = new Set<Connection>();

  constructor(options: ReceptionOptions) {
    this.#options = options;
  }

  get count(): number {
    return this.#connections.size;
  }

  receive(caller: Caller): void {
    const { metrics, take, present } = this.#options;
    const { resume } = caller;
    // Before slots are looked at: who comes back has one.
    const found = resume.kind === 'token' ? present(resume.token) : null;
    if (found !== null) metrics.resume('miss' in found ? found.miss : 'hit');
    if (found !== null && 'lease' in found) return this.#admit(caller, found.lease, { kind: 'resumed' });
    const missed = found?.miss ?? null;
    const lease = take();
    if (typeof lease === 'string') return this.#turnAway(caller, lease, missed);
    this.#admit(caller, lease, { kind: 'new', canResume: resume.kind !== 'none', missed });
  }

  /** Tells every client that the runner goes. */
  sayGoaway(): void {
    const message = this.#options.goaway();
    if (message === null) return;
    for (const connection of this.#connections) connection.send(message);
  }

  /** Closes all sockets in order; resolves when they are closed. */
  async closeAll(code: number, reason: string): Promise<void> {
    await Promise.all(
      [...this.#connections].map((connection) => connection.close(code, reason, hurriedCloseMs)),
    );
  }

  /** Cuts all sockets without a close frame, as a failing network would. */
  cutAll(): void {
    for (const connection of this.#connections) connection.cut();
  }

  #admit({ socket, tcp, address }: Caller, lease: Lease, arrival: ConnectionOptions['arrival']): void {
    const { checkUser, scopeOf, log, ...shared } = this.#options;
    const id = randomUUID();
    const own = log.child({ connection: id });
    const connection = new Connection({
      ...shared,
      id,
      socket,
      tcp,
      lease,
      arrival,
      address,
      scope: scopeOf(address),
      log: own,
      userCheck: checkUser && ((userId) => checkUser({ user_id: userId, connection_id: id, address })),
    });
    own.info({ address, session: lease.id, slot: lease.slot.index, arrival: arrival.kind }, 'connected');
    this.#connections.add(connection);
    void connection.closed.then(() => this.#connections.delete(connection));
  }

  /** To another runner, or later. */
  #turnAway({ socket }: Caller, why: keyof typeof refusals, missed: ResumeMiss | null): void {
    const { metrics, log } = this.#options;
    metrics.refused(why);
    socket.on('error', (problem) => log.warn({ err: problem }, 'socket error'));
    if (missed !== null) socket.send(JSON.stringify({ type: 'resume_failed', reason: missed }));
    socket.send(JSON.stringify({ type: 'error', error: refusals[why], code: 'NO_FREE_SLOT' }));
    socket.close(closeCode.tryAgainLater, why === 'draining' ? 'going away' : 'no free slot');
  }
}
