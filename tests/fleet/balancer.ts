import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { balancerConfig } from './balancer-config.ts';

const program = process.env['HAPROXY_PATH'] ?? 'haproxy';

/** For newcomers, and for those who come back to a session. */
const backends = ['runners', 'each'];

type Health = 'UP' | 'DOWN';

/** Why there is no HAProxy, or null. */
export function balancerIsMissing(): string | null {
  return spawnSync(program, ['-v']).error ? 'HAProxy is not installed (apt-get install haproxy)' : null;
}

/**
 * The address of a fleet before there is one: runners want to know it when they start. HAProxy binds to the port
 * while it is held here, so that nobody else can take it.
 */
export async function reserveAddress(): Promise<{ server: Server; port: number }> {
  const server = createServer();
  server.listen({ port: 0, host: '127.0.0.1', reusePort: true });
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

/** A real HAProxy in front of a fleet. */
export class Balancer {
  /** What it said, a line each. */
  readonly lines: string[] = [];
  readonly #child: ChildProcess;
  readonly #folder: string;
  readonly #health = new Map<string, Health>();
  #waiting: (() => void)[] = [];

  private constructor(child: ChildProcess, folder: string, ids: Iterable<string>) {
    this.#child = child;
    this.#folder = folder;
    for (const id of ids) this.#health.set(id, 'UP');
    createInterface(child.stderr!).on('line', (line) => this.#hear(line));
    child.once('exit', () => this.#wake());
  }

  /**
   * @param address From `reserveAddress`; released here.
   * @param ports Of the runners, by id; they are taken for ready until their first check.
   * @param idleS Seconds after which a WebSocket without traffic is cut.
   */
  static async start(address: Server, ports: ReadonlyMap<string, number>, idleS: number): Promise<Balancer> {
    const folder = mkdtempSync(path.join(tmpdir(), 'linkspan-fleet-'));
    const config = path.join(folder, 'haproxy.cfg');
    const control = path.join(folder, 'control');
    const { port } = address.address() as AddressInfo;
    writeFileSync(config, balancerConfig({ port, control, idleS, ports }));
    // With a master it says when it is bound.
    const child = spawn(program, ['-W', '-db', '-f', config], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    await once(child, 'spawn');
    const balancer = new Balancer(child, folder, ports.keys());
    try {
      await balancer.#until(() => balancer.lines.some((line) => line.includes('Loading success')));
    } catch (error) {
      await balancer.end();
      throw error;
    } finally {
      address.close();
    }
    return balancer;
  }

  /** Waits until the balancer's own checks find a runner ready for new clients, or not. */
  async sees(id: string, health: Health): Promise<void> {
    await this.#until(() => this.#health.get(id) === health);
  }

  /** Cuts all connections that are open, as a failing network would. */
  async cutAll(): Promise<void> {
    const servers = [...this.#health.keys()].flatMap((id) => backends.map((backend) => `${backend}/${id}`));
    // In one breath: a client may be back between two commands.
    await this.#command(servers.map((server) => `shutdown sessions server ${server}`).join('; '));
  }

  /** Connections through it to a runner that are open. */
  async connections(id: string): Promise<number> {
    const [head = '', ...rows] = (await this.#command('show stat')).split('\n');
    const columns = head.replace('# ', '').split(',');
    const [name, current] = [columns.indexOf('svname'), columns.indexOf('scur')];
    const own = rows.map((line) => line.split(',')).filter((cells) => cells[name] === id);
    return own.reduce((sum, cells) => sum + Number(cells[current]), 0);
  }

  async end(): Promise<void> {
    if (!this.#hasEnded) {
      const exited = once(this.#child, 'exit');
      this.#child.kill('SIGTERM');
      await exited;
    }
    rmSync(this.#folder, { recursive: true });
  }

  get #hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  async #command(command: string): Promise<string> {
    const socket = connect(path.join(this.#folder, 'control'));
    socket.write(`${command}\n`);
    const answer = await text(socket);
    if (/^(Unknown|No such|Permission)/.test(answer)) throw new Error(`HAProxy: ${answer.trim()}`);
    return answer;
  }

  #hear(line: string): void {
    this.lines.push(line);
    const [, id, health] = /Server runners\/(\S+) is (UP|DOWN)/.exec(line) ?? [];
    if (id !== undefined) this.#health.set(id, health as Health);
    this.#wake();
  }

  #wake(): void {
    for (const resume of this.#waiting.splice(0)) resume();
  }

  async #until(fits: () => boolean): Promise<void> {
    while (!fits()) {
      if (this.#hasEnded) throw new Error(`HAProxy ended:\n${this.lines.join('\n')}`);
      // oxlint-disable-next-line no-await-in-loop -- one line after the other
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }
}
