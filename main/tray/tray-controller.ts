/**
 * The tray: `tray-model.ts` says what it shows, `native-tray.ts` draws it, this keeps both together. It reads
 * the link's status and gives actions back; it knows neither window nor link.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Shown } from '../../shared/bridge/shown.ts';
import type { LinkStatus } from '../../shared/link/status.ts';
import { trayModel, type TrayModel } from './tray-model.ts';

/** The system's tray, as far as we need it. */
export interface TrayPort {
  show(model: TrayModel): void;
}

/** A countdown changes once a second. */
const countdownMs = 1_000;

export class TrayController {
  readonly #port: TrayPort;
  readonly #endpointName: () => string | null;
  readonly #now: () => number;
  #shown: TrayModel | null = null;
  #status: LinkStatus | null = null;
  #picture: Shown = { kind: 'none', since: 0 };
  #countdown: NodeJS.Timeout | null = null;

  /** @param now Epoch milliseconds. */
  constructor(port: TrayPort, endpointName: () => string | null, now: () => number = Date.now) {
    this.#port = port;
    this.#endpointName = endpointName;
    this.#now = now;
  }

  /** Shows a status at once, and counts down while it waits for an attempt. */
  update(status: LinkStatus): void {
    this.#status = status;
    this.#stopCountdown();
    const { state } = status;
    const isWaiting = 'nextAttemptAt' in state && state.nextAttemptAt !== null;
    if (isWaiting) this.#countdown = setInterval(() => this.refresh(), countdownMs);
    this.refresh();
  }

  /** Which picture is on the window's output now. */
  showing(picture: Shown): void {
    this.#picture = picture;
    this.refresh();
  }

  /** Shows the last status again: the time has changed, or the endpoint. */
  refresh(): void {
    if (this.#status === null) return;
    const model = trayModel(this.#status, this.#picture, this.#endpointName(), this.#now());
    if (isDeepStrictEqual(model, this.#shown)) return;
    this.#shown = model;
    this.#port.show(model);
  }

  dispose(): void {
    this.#stopCountdown();
  }

  #stopCountdown(): void {
    if (this.#countdown !== null) clearInterval(this.#countdown);
    this.#countdown = null;
  }
}
