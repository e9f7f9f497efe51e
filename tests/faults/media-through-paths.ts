import { aroundRunnerLegs } from '../../main/link/around-runner-legs.ts';
import type { MediaPort, RunnerLegOptions } from '../../main/link/media-port.ts';
import { sdpThroughPath } from '../../scripts/drive/fault-proxy/sdp-through-path.ts';
import { UdpPath, type UdpPathOptions } from '../../scripts/drive/fault-proxy/udp-path.ts';

/** Gives each runner leg of a relay a path of its own, in the order in which legs are made. */
export class MediaThroughPaths {
  readonly paths: UdpPath[] = [];
  /** What the next leg's path suffers from its start. */
  next: UdpPathOptions = {};

  /** The same port, but for its runner legs. */
  readonly wrap = (media: MediaPort): MediaPort =>
    aroundRunnerLegs(media, (port, options) => this.#connect(port, options));

  /** The path of the latest leg. */
  get last(): UdpPath {
    return this.paths.at(-1)!;
  }

  async close(): Promise<void> {
    await Promise.all(this.paths.splice(0).map((path) => path.close()));
  }

  async #connect(media: MediaPort, options: RunnerLegOptions): ReturnType<MediaPort['connectRunner']> {
    const path = await UdpPath.open(this.next);
    this.paths.push(path);
    return media.connectRunner({
      ...options,
      exchange: sdpThroughPath(path, options.exchange),
      listener: keepingCandidates(options.listener),
    });
  }
}

/** The same listener, which hears only that there are no candidates: the runner is not to know the way past the path. */
export function keepingCandidates(listener: RunnerLegOptions['listener']): RunnerLegOptions['listener'] {
  return {
    connected: () => listener.connected(),
    failed: (detail) => listener.failed(detail),
    channelOpen: () => listener.channelOpen(),
    channelClosed: () => listener.channelClosed(),
    message: (text) => listener.message(text),
    firstFrame: () => listener.firstFrame(),
    candidate: (candidate) => {
      if (candidate === null) listener.candidate(null);
    },
  };
}
