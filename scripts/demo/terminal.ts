import type { DemoEvent } from './report.ts';

export interface Progress {
  /** Seconds of the story that have passed, and all of them. */
  done: number;
  of: number;
  text: string;
}

const barWidth = 24;

/** One line of the timeline. */
export function eventLine({ atMs, what, why }: DemoEvent): string {
  const seconds = `${(atMs / 1000).toFixed(1)} s`.padStart(8);
  return why === null ? `${seconds}  ${what}` : `${seconds}  ${what.padEnd(40)} ${why}`;
}

/** `[████████░░░░]  12/26 s  text` */
function progressLine({ done, of, text }: Progress): string {
  const share = Math.min(1, Math.max(0, done / of));
  const filled = Math.round(share * barWidth);
  const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled);
  return `[${bar}] ${String(Math.round(share * of)).padStart(3)}/${Math.round(of)} s  ${text}`;
}

/**
 * Prints the timeline above one progress line that is written over. Where the output is no terminal (a log of
 * a build), progress is left out: only what happened is worth a line there.
 */
export class Terminal {
  readonly #out: NodeJS.WriteStream;
  #drawn = false;

  constructor(out: NodeJS.WriteStream = process.stdout) {
    this.#out = out;
  }

  line(text: string): void {
    this.#clear();
    this.#out.write(`${text}\n`);
  }

  progress(progress: Progress): void {
    if (!this.#out.isTTY) return;
    this.#clear();
    this.#out.write(progressLine(progress).slice(0, this.#out.columns - 1));
    this.#drawn = true;
  }

  #clear(): void {
    if (this.#drawn) this.#out.write('\r\u001B[2K');
    this.#drawn = false;
  }
}
