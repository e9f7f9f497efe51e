import type { Fault } from '../../shared/link/fault.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Clock, Timer } from './clock.ts';
import { within } from './deadline.ts';
import type { LinkSettings } from './defaults.ts';
import type { MediaPort, RunnerLeg, RunnerLegListener, RunnerLegOptions } from './media-port.ts';

type LocalCandidate = Parameters<RunnerLegListener['candidate']>[0];

export interface MediaLegOptions {
  media: MediaPort;
  clock: Clock;
  settings: Pick<LinkSettings, 'offerMs' | 'connectedMs' | 'firstFrameMs' | 'mediaGraceMs'>;
  loopbackOnly: boolean;
  iceServers: RunnerLegOptions['iceServers'];
  /** Carries the offer to the runner and brings its answer. */
  exchange(offerSdp: string): Promise<Result<string, Fault>>;
  candidate(candidate: LocalCandidate): void;
  channelOpen(): void;
  message(text: string): void;
  /** Connected; the first picture is on its way. */
  connected(): void;
  /** It had delivered a picture and broke. */
  broken(fault: Fault): void;
}

/** One peer connection to the runner, from the offer to the first picture, each step with its limit. */
export class MediaLeg {
  readonly #options: MediaLegOptions;
  readonly #connected = Promise.withResolvers<Result<null, Fault>>();
  readonly #firstFrame = Promise.withResolvers<Result<null, Fault>>();
  #making: Promise<RunnerLeg> | null = null;
  #leg: RunnerLeg | null = null;
  #phase: 'making' | 'delivering' | 'over' = 'making';
  #grace: Timer | null = null;

  constructor(options: MediaLegOptions) {
    this.#options = options;
  }

  get leg(): RunnerLeg | null {
    return this.#leg;
  }

  /** Resolves once the first picture has come, or with what went wrong. */
  async establish(): Promise<Result<null, Fault>> {
    const { clock, settings } = this.#options;
    const made = await this.#make();
    if (!made.ok) return made;
    const connected = await within(clock, settings.connectedMs, this.#connected.promise, () =>
      mediaFailed(`No path to the runner was found within ${settings.connectedMs / 1000} s`),
    );
    if (!connected.ok) return connected;
    this.#options.connected();
    const framed = await within<Result<null, Fault>>(
      clock,
      settings.firstFrameMs,
      this.#firstFrame.promise,
      () => fail({ kind: 'media-stalled', silentMs: settings.firstFrameMs }),
    );
    if (framed.ok && this.#phase === 'making') this.#phase = 'delivering';
    return framed;
  }

  /** Lets go of it. `keep`: the leg itself goes on delivering until someone closes it. */
  async end(media: 'keep' | 'close'): Promise<void> {
    this.#phase = 'over';
    if (this.#grace !== null) this.#options.clock.clearTimeout(this.#grace);
    const over = mediaFailed('ended');
    this.#connected.resolve(over);
    this.#firstFrame.resolve(over);
    if (media === 'keep') return;
    // A leg that is still being made has to be waited for, or nobody would close it.
    await this.#making?.then((leg) => leg.close()).catch(() => undefined);
  }

  async #make(): Promise<Result<null, Fault>> {
    const { media, clock, settings, iceServers, loopbackOnly } = this.#options;
    let refusal: Fault | null = null;
    const exchange = async (offerSdp: string): Promise<string> => {
      const answer = await this.#options.exchange(offerSdp);
      if (answer.ok) return answer.value;
      refusal = answer.problem;
      throw new Error('The runner refused the offer');
    };
    this.#making = media.connectRunner({ iceServers, loopbackOnly, exchange, listener: this.#listener() });
    const limit = settings.offerMs + settings.connectedMs;
    try {
      return await within(
        clock,
        limit,
        this.#making.then((leg) => this.#keep(leg)),
        () => mediaFailed(`No connection was made within ${limit / 1000} s`),
      );
    } catch (error) {
      if (refusal !== null) return fail(refusal);
      return mediaFailed(error instanceof Error ? error.message : String(error));
    }
  }

  #keep(leg: RunnerLeg): Result<null, Fault> {
    this.#leg = leg;
    return ok(null);
  }

  #listener(): RunnerLegListener {
    return {
      connected: () => this.#connected.resolve(ok(null)),
      failed: (detail) => this.#broke(detail),
      channelOpen: () => this.#options.channelOpen(),
      channelClosed: () => this.#broke('The runner closed the data channel'),
      message: (text) => this.#options.message(text),
      firstFrame: () => this.#firstFrame.resolve(ok(null)),
      candidate: (candidate) => this.#options.candidate(candidate),
    };
  }

  #broke(detail: string): void {
    if (this.#phase === 'over') return;
    if (this.#phase === 'making') {
      this.#connected.resolve(mediaFailed(detail));
      this.#firstFrame.resolve(mediaFailed(detail));
      return;
    }
    const { clock, settings } = this.#options;
    this.#grace ??= clock.setTimeout(
      () => this.#options.broken({ kind: 'media-failed', detail }),
      settings.mediaGraceMs,
    );
  }
}

const mediaFailed = (detail: string): { ok: false; problem: Fault } => fail({ kind: 'media-failed', detail });
