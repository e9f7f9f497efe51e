import { appHost, appScheme } from './app-origin.ts';

/** Names that the build makes: no segment starts with a dot, none holds a separator, a NUL or an escape. */
const servedPath = /^(?:\/[A-Za-z0-9_@-][A-Za-z0-9_@.-]*)+$/;

/**
 * The path inside the bundle that an address asks for.
 *
 * @returns Segments joined by `/`, without a leading one; null when the address is not one of the bundle's.
 * Allowing the few characters our names have is safer than listing the dangerous ones.
 */
export function bundlePath(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol !== `${appScheme}:` || url.host !== appHost) return null;
  if (url.username !== '' || url.password !== '') return null;
  // No name of ours needs an escape, so an address that holds one is not ours.
  return servedPath.test(url.pathname) ? url.pathname.slice(1) : null;
}
