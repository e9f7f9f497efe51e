import { Agent, type ClientRequestArgs } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { systemClock, type Clock } from './clock.ts';
import { within } from './deadline.ts';
import { linkDefaults } from './defaults.ts';
import { endpointUrl } from '../../shared/link/endpoint-url.ts';
import { nameOfWay, parseProxyList, type ProxyWay } from './proxy-list.ts';
import { connected, ProxyRefusal, reach, tunnel, type HostAndPort } from './tunnel.ts';
import { WayOrder } from './way-order.ts';

/** Electron's `session.resolveProxy`: ways to an `http(s):` address, in the format of PAC files. */
export type ProxyFor = (url: string) => Promise<string>;

type LinkLog = (level: 'info' | 'warn', text: string) => void;

/**
 * What finds the way to an address through the system's proxies.
 *
 * The ways of a list are tried in turn until one's first hop is reached; one that was not reached is tried last
 * the next time, so that a proxy that swallows connections costs one dial and not every one. A proxy that
 * refuses is believed: nothing goes around it.
 *
 * @param clock For the limit of `limitMs` on the system's answer.
 * @returns For each dial an agent of its own (`destroy()` gives the attempt up), or undefined for a direct
 *   connection: to this machine, when the system says so, and, with a line in the log, when it says nothing.
 */
export function createAgentFor(
  proxyFor: ProxyFor,
  log: LinkLog,
  clock: Clock = systemClock,
  limitMs: number = linkDefaults.proxyMs,
): (url: string) => Promise<Agent | undefined> {
  const order = new WayOrder();

  async function ask(url: string): Promise<ProxyWay[]> {
    // Proxy scripts decide by http addresses; many have never heard of WebSockets.
    const asked = url.replace(/^ws/, 'http');
    let answer: string | null;
    try {
      answer = await within<string | null>(clock, limitMs, proxyFor(asked), () => null);
    } catch (error) {
      log('warn', `the system's proxy settings cannot be read: ${String(error)}`);
      return [];
    }
    if (answer === null) log('warn', "the system's proxy settings were not there in time");
    const ways = parseProxyList(answer ?? '');
    if (ways.length === 0 && answer !== null)
      log('warn', `the system's proxy settings make no sense: ${answer.slice(0, 200)}`);
    return ways;
  }

  return async (url) => {
    const endpoint = endpointUrl(url);
    if (!endpoint.ok || endpoint.value.network === 'loopback') return undefined;
    const ways = await ask(endpoint.value.url);
    if (ways.every((way) => way.kind === 'direct')) return undefined;
    return new ProxyAgent(order.ordered(ways), endpoint.value.url.startsWith('wss:'), order, log);
  };
}

/** Makes the connection of one dial. */
class ProxyAgent extends Agent {
  readonly #ways: readonly ProxyWay[];
  readonly #isSecure: boolean;
  readonly #order: WayOrder;
  readonly #log: LinkLog;
  /** What is being connected and nobody else knows of yet; null once it was given up. */
  #underway: Set<Socket> | null = new Set();

  constructor(ways: readonly ProxyWay[], isSecure: boolean, order: WayOrder, log: LinkLog) {
    super({ protocol: isSecure ? 'https:' : 'http:', defaultPort: isSecure ? 443 : 80 });
    this.#ways = ways;
    this.#isSecure = isSecure;
    this.#order = order;
    this.#log = log;
  }

  override createConnection(
    options: ClientRequestArgs & { servername?: string },
    callback?: (error: Error | null, socket: Duplex) => void,
  ): undefined {
    // Without a socket when there is an error, which the type has no word for.
    const settle = callback as ((error: Error | null, socket?: Duplex) => void) | undefined;
    const { host, port, servername = '' } = options;
    const target = { host: host ?? '', port: Number(port) };
    void this.#connect(target).then(
      (socket) => {
        // `host` is what the certificate has to be for when there is no server name, as with an IP address.
        const secure = { socket, host: target.host, servername, ALPNProtocols: ['http/1.1'] };
        settle?.(null, this.#isSecure ? connectTls(secure) : socket);
      },
      (error: Error) => settle?.(error),
    );
  }

  /** Closes also what is only being connected, which the request does not know of. */
  override destroy(): void {
    const underway = this.#underway;
    this.#underway = null;
    for (const socket of underway ?? []) socket.destroy();
    super.destroy();
  }

  async #connect(target: HostAndPort): Promise<Socket> {
    let last: Error = new Error('There is no way to try');
    for (const way of this.#ways) {
      if (this.#underway === null) break;
      // oxlint-disable-next-line no-await-in-loop -- one way after the other
      const outcome = await this.#go(way, target);
      if (!(outcome instanceof Error)) return outcome;
      if (outcome instanceof ProxyRefusal) throw outcome;
      last = outcome;
    }
    throw last;
  }

  /** The connection, a refusal that ends the attempt, or the error for which the next way is tried. */
  async #go(way: ProxyWay, target: HostAndPort): Promise<Socket | Error> {
    const name = nameOfWay(way);
    const socket = reach(way, target);
    this.#underway?.add(socket);
    try {
      await connected(socket, way);
      this.#order.reached(way);
      this.#log('info', `${target.host} by way of ${name}`);
      return way.kind === 'direct' ? socket : await tunnel(socket, way, target);
    } catch (error) {
      const problem = error instanceof Error ? error : new Error(String(error));
      if (problem instanceof ProxyRefusal) this.#log('warn', `${name} refused: ${problem.message}`);
      else {
        this.#order.missed(way);
        this.#log('warn', `${name} was not reached: ${problem.message}`);
      }
      if (way.kind === 'direct' || problem instanceof ProxyRefusal) return problem;
      return Object.assign(new Error(problem.message), { code: 'PROXY_UNREACHABLE' });
    } finally {
      this.#underway?.delete(socket);
    }
  }
}
