/** Sentences for the user that came up before there was a window to show them. Each is given out once. */
export class Notices {
  readonly #waiting: string[] = [];

  add(notice: string): void {
    this.#waiting.push(notice);
  }

  take(): string[] {
    return this.#waiting.splice(0);
  }
}
