import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Protocol } from 'devtools-protocol';
import { debugLog, messageOf } from '../core/log.ts';
import { runtime } from '../core/runtime.ts';
import { CdpConnection, type CdpSession } from './cdp-connection.ts';
import { chromiumArguments } from './switches.ts';

/** Chromium is asked to end by itself before it is killed. */
const politeExitMs = 4000;
const keptStderrLines = 40;

/** A page and the way to command it. */
export interface PageTarget {
  targetId: string;
  session: CdpSession;
}

export interface ChromiumListener {
  /** A page that another page opened; still paused, nothing requested yet. */
  popup(target: Protocol.Target.TargetInfo, session: CdpSession): void;
  destroyed(targetId: string): void;
  crashed(targetId: string, status: string, errorCode: number): void;
}

/** The one Chromium of this app: its process, its pipe and its page targets. */
export class ChromiumProcess {
  readonly root: CdpSession;
  readonly #child: ChildProcess;
  readonly #exited: Promise<void>;
  readonly #devToolsLine: Promise<void>;
  readonly #arrived = new Map<string, CdpSession>();
  readonly #awaited = new Map<string, (session: CdpSession) => void>();
  readonly #stderr: string[] = [];
  /** How many `openPage` calls wait for their page. */
  #creating = 0;
  #stopping: Promise<void> | null = null;

  /** @param profile Chromium's profile folder, made when missing. */
  static async start(
    profile: string,
    userAgent: string,
    listener: ChromiumListener,
  ): Promise<ChromiumProcess> {
    mkdirSync(profile, { recursive: true });
    const chromium = new ChromiumProcess(chromiumArguments(profile, userAgent), listener);
    await chromium.root.send('Target.setDiscoverTargets', { discover: true });
    await chromium.root.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: true,
      flatten: true,
      filter: [{ type: 'page' }, { exclude: true }],
    });
    if (runtime().switches.has('remote-debugging-port')) await chromium.#devToolsLine;
    return chromium;
  }

  private constructor(args: string[], listener: ChromiumListener) {
    const executable = runtime().chromiumExecutable;
    debugLog(executable, args.join(' '));
    // No stdio is inherited: whoever waits for this process's output to close must not wait for Chromium's.
    this.#child = spawn(executable, args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] });
    this.#devToolsLine = this.#readStderr();
    this.#exited = this.#watchExit(executable);
    const [, , , output, input] = this.#child.stdio;
    const connection = new CdpConnection(output as Writable, input as Readable);
    this.root = connection.root;
    this.root.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      const session = connection.session(sessionId);
      this.#attach(targetInfo, session, listener);
    });
    this.root.on('Target.targetDestroyed', ({ targetId }) => listener.destroyed(targetId));
    this.root.on('Target.targetCrashed', ({ targetId, status, errorCode }) =>
      listener.crashed(targetId, status, errorCode),
    );
  }

  /** Resolves when the page is attached, still paused before its first script. */
  async openPage(params: Protocol.Target.CreateTargetRequest): Promise<PageTarget> {
    this.#creating += 1;
    const { targetId } = await this.root.send('Target.createTarget', params);
    const session = this.#arrived.get(targetId) ?? (await this.#arrival(targetId));
    this.#arrived.delete(targetId);
    this.#creating -= 1;
    return { targetId, session };
  }

  /** Ends Chromium and resolves when its process is gone. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  /** For the very end, when nothing asynchronous runs any more. */
  kill(): void {
    if (this.#child.exitCode === null) this.#child.kill('SIGKILL');
  }

  async #stop(): Promise<void> {
    const timer = setTimeout(() => this.kill(), politeExitMs);
    await this.root
      .send('Browser.close')
      .catch((error: unknown) => debugLog('Browser.close:', messageOf(error)));
    await this.#exited;
    clearTimeout(timer);
  }

  #arrival(targetId: string): Promise<CdpSession> {
    return new Promise((resolve) => this.#awaited.set(targetId, resolve));
  }

  /** Chromium tells of a new page before it answers who asked for it; one that nobody here asked for is a popup. */
  #attach(target: Protocol.Target.TargetInfo, session: CdpSession, listener: ChromiumListener): void {
    const waiting = this.#awaited.get(target.targetId);
    this.#awaited.delete(target.targetId);
    if (waiting) waiting(session);
    else if (target.openerId !== undefined || this.#creating === 0) listener.popup(target, session);
    else this.#arrived.set(target.targetId, session);
  }

  /** Relays the one line that Playwright waits for; the rest is kept for the message of a failed start. */
  #readStderr(): Promise<void> {
    const lines = createInterface({ input: this.#child.stderr! });
    return new Promise((resolve) => {
      lines.on('line', (line) => {
        if (line.startsWith('DevTools listening on ws://')) {
          process.stderr.write(`\n${line}\n`);
          resolve();
          return;
        }
        debugLog('chromium:', line);
        this.#stderr.push(line);
        if (this.#stderr.length > keptStderrLines) this.#stderr.shift();
      });
    });
  }

  /** Without Chromium there is nothing left to do: its last words go to stderr and this process ends. */
  #watchExit(executable: string): Promise<void> {
    return new Promise((resolve) => {
      const fail = (why: string): void => {
        process.stderr.write(`stand-in: ${why}\n${this.#stderr.join('\n')}\n`);
        process.exit(1);
      };
      this.#child.once('error', (error) => fail(`cannot start Chromium (${executable}): ${error.message}`));
      this.#child.once('exit', (code, signal) => {
        resolve();
        if (!this.#stopping) fail(`Chromium ended unexpectedly (${code ?? signal})`);
      });
    });
  }
}
