import type { Place } from '../../main/link/host.ts';
import { startFaultProxy, type FaultProxy } from '../../scripts/drive/fault-proxy/fault-proxy.ts';
import { RunnerFamily } from './runner-family.ts';

/** Where the link may go: a runner, and the bad network in front of it. */
export class SoakPlace {
  readonly name: string;
  readonly runner: RunnerFamily;
  readonly proxy: FaultProxy;

  private constructor(name: string, runner: RunnerFamily, proxy: FaultProxy) {
    this.name = name;
    this.runner = runner;
    this.proxy = proxy;
  }

  static async open(name: string): Promise<SoakPlace> {
    const runner = await RunnerFamily.start();
    return new SoakPlace(name, runner, await startFaultProxy(runner.port));
  }

  get target(): Place {
    return { name: this.name, url: `ws://127.0.0.1:${this.proxy.port}/ws`, token: null };
  }

  async close(): Promise<void> {
    await this.proxy.close();
    this.runner.goOn();
    await this.runner.end('SIGTERM');
  }
}
