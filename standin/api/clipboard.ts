import { strictModule } from '../core/not-implemented.ts';

let text = '';

/** Text only, and only this app's: the desktop's clipboard is neither read nor written. */
export const clipboard = strictModule('clipboard', {
  readText: (): string => text,
  writeText(value: string): void {
    text = value;
  },
  clear(): void {
    text = '';
  },
});
