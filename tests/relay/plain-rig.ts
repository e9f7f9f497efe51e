import type { MediaPort, RunnerLeg, RunnerLegOptions } from '../../main/link/media-port.ts';
import { createRelay, type RelayOptions } from '../../main/relay/relay.ts';
import type { LocalStream } from '../../main/relay/sdp/build.ts';
import { PlainPeer } from './plain-peer.ts';
import { LegRecorder } from './rig.ts';

export interface PlainLeg {
  runner: PlainPeer;
  leg: RunnerLeg;
  heard: LegRecorder;
}

/** How a runner is reached; directly and on this machine, if nothing is said. */
export interface RunnerRoute extends Partial<Pick<RunnerLegOptions, 'iceServers' | 'loopbackOnly'>> {
  /** Stands between the relay and the runner's answer. */
  through?: (exchange: RunnerLegOptions['exchange']) => RunnerLegOptions['exchange'];
  /** The one address that the runner hears. */
  hears?: string;
}

/** A relay between peers that send what a test hands them; closes all that it made. */
export class PlainRig {
  readonly relay: MediaPort;
  readonly peers: PlainPeer[] = [];

  constructor(options: RelayOptions = {}) {
    this.relay = createRelay(options);
  }

  async newPeer(
    role: 'page' | 'runner',
    stream: Partial<LocalStream> = {},
    onlyFrom?: string,
  ): Promise<PlainPeer> {
    const peer = await PlainPeer.create(role, stream, onlyFrom);
    this.peers.push(peer);
    return peer;
  }

  async attachPage(ssrc = 500): Promise<{ page: PlainPeer; answer: string }> {
    const page = await this.newPeer('page', { ssrc, rtxSsrc: ssrc + 1 });
    const answer = await this.relay.attachPage(page.offer());
    page.accept(answer);
    await page.connected;
    return { page, answer };
  }

  async connectRunner(ssrc = 900): Promise<PlainLeg> {
    const made = await this.negotiateRunner(ssrc);
    await made.heard.until('connected');
    await made.runner.connected;
    return made;
  }

  /** As far as the answer. */
  async negotiateRunner(
    ssrc = 900,
    { iceServers = [], loopbackOnly = true, through = (exchange) => exchange, hears }: RunnerRoute = {},
  ): Promise<PlainLeg> {
    const runner = await this.newPeer('runner', { ssrc, rtxSsrc: ssrc + 1 }, hears);
    const heard = new LegRecorder();
    const exchange = through(runner.answer);
    const leg = await this.relay.connectRunner({ iceServers, loopbackOnly, exchange, listener: heard });
    return { runner, leg, heard };
  }

  async close(): Promise<void> {
    await this.relay.dispose();
    await Promise.all(this.peers.splice(0).map((peer) => peer.close()));
  }
}
