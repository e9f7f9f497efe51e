import type { FrameSize, SourceChoice } from '../../shared/settings/schema.ts';
import { fail } from '../../shared/result.ts';
import { Composer } from './composer.ts';
import type { Camera } from './list-cameras.ts';
import { openCamera } from './open-camera.ts';
import { openFile } from './open-file.ts';
import { openScreen } from './open-screen.ts';
import type { OpenedSource, OpenResult } from './opened-source.ts';
import type { SourceProblem } from './source-problem.ts';
import type { SourceTicket } from './source-ticket.ts';

/** What opening a source asks of main. */
export interface SourceDoors {
  chooseScreen(id: string): Promise<void>;
  /** The URL of a file that was opened in an earlier run; null when it is gone. */
  reopenFile(path: string): Promise<string | null>;
}

export interface SourceReport {
  generation: number;
  outcome: { kind: 'running'; camera: Camera | null } | { kind: 'lost'; problem: SourceProblem };
}

/**
 * At most one source at a time, onto one outgoing track. What a source says after the next was asked for is
 * dropped, and what it opened by then is released.
 */
export class SourceSession {
  readonly #composer: Composer;
  readonly #doors: SourceDoors;
  readonly #report: (report: SourceReport) => void;
  #generation = 0;
  #opened: OpenedSource | null = null;

  constructor(size: FrameSize, doors: SourceDoors, report: (report: SourceReport) => void) {
    this.#composer = new Composer(size);
    this.#doors = doors;
    this.#report = report;
  }

  get track(): MediaStreamTrack {
    return this.#composer.track;
  }

  resize(size: FrameSize): void {
    this.#composer.resize(size);
  }

  /** Opens the choice and reports once it runs or cannot; the test pattern stands in when it cannot. */
  async open(generation: number, choice: SourceChoice, ticket: SourceTicket | null): Promise<void> {
    this.#generation = generation;
    this.#release();
    if (choice.kind === 'pattern') {
      this.#composer.showPattern();
      this.#report({ generation, outcome: { kind: 'running', camera: null } });
      return;
    }
    const result = await this.#request(choice, ticket);
    if (generation !== this.#generation) {
      if (result.ok) result.value.release();
      return;
    }
    if (result.ok) this.#run(generation, result.value);
    else this.#lose(generation, result.problem);
  }

  /** Lets the device go and sends nothing. */
  close(generation: number): void {
    this.#generation = generation;
    this.#release();
    this.#composer.showNothing();
  }

  async #request(
    choice: Exclude<SourceChoice, { kind: 'pattern' }>,
    ticket: SourceTicket | null,
  ): Promise<OpenResult> {
    switch (choice.kind) {
      case 'camera':
        return openCamera(choice);
      case 'screen':
        if (ticket?.kind !== 'screen')
          return fail({ kind: 'choose-again', what: 'screen', name: choice.name });
        return openScreen(choice.name, () => this.#doors.chooseScreen(ticket.id));
      case 'file': {
        if (ticket?.kind === 'file') return openFile(ticket.url, choice.name);
        if (choice.path === '') return fail({ kind: 'choose-again', what: 'file', name: choice.name });
        const url = await this.#doors.reopenFile(choice.path);
        return url === null ? fail({ kind: 'file-missing', name: choice.name }) : openFile(url, choice.name);
      }
      default:
        return choice satisfies never;
    }
  }

  #run(generation: number, source: OpenedSource): void {
    this.#opened = source;
    source.track.addEventListener('ended', () => {
      if (generation === this.#generation) this.#lose(generation, source.whenEnded);
    });
    this.#composer.showTrack(source.track);
    this.#report({ generation, outcome: { kind: 'running', camera: source.camera } });
  }

  #lose(generation: number, problem: SourceProblem): void {
    this.#release();
    this.#composer.showPattern();
    this.#report({ generation, outcome: { kind: 'lost', problem } });
  }

  #release(): void {
    this.#opened?.release();
    this.#opened = null;
  }
}
