import { NotImplementedError } from './not-implemented.ts';

/**
 * Throws for options that the stand-in does not know, instead of ignoring them.
 *
 * @param where The call, for the message: `BrowserWindow` or `dialog.showOpenDialog`.
 * @param accepted Option names; those that only affect native drawing may be accepted without effect, and
 *   the README lists them.
 */
export function acceptOptions(
  where: string,
  options: object | null | undefined,
  accepted: readonly string[],
): void {
  for (const [name, value] of Object.entries(options ?? {}))
    if (value !== undefined && !accepted.includes(name))
      throw new NotImplementedError(`${where} option '${name}'`);
}
