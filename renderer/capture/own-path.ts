/**
 * The path under which main serves an opened file to this page. Relative to our own origin, whatever its
 * scheme: the page never has to know which runtime it is in.
 *
 * @param url As main gives it, on the app's own origin.
 */
export function ownPath(url: string): string {
  return new URL(url).pathname;
}
