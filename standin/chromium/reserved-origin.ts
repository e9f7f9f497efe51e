/**
 * Stock Chromium cannot be taught a scheme, so `app://host/path` is shown to it as
 * `https://host.app.standin/path`: a reserved, secure origin that no request leaves the machine for.
 * Everything the app sees is mapped back; only `location` inside the page tells.
 */
const reservedSuffix = '.standin';

/** For Chromium's request interception. */
export const reservedPattern = `https://*${reservedSuffix}/*`;

const customScheme = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^]*)$/;
const reserved = /^https:\/\/([^/?#]*)\.([a-z][a-z0-9+-]*)\.standin(?=[/?#]|$)([^]*)$/;

/** @param isCustom Whether a scheme is one that the app registered or handles. */
export function toReserved(address: string, isCustom: (scheme: string) => boolean): string {
  const match = customScheme.exec(address);
  if (!match) return address;
  const [, scheme = '', host = '', rest = ''] = match;
  if (!isCustom(scheme)) return address;
  return `https://${host.toLowerCase() || 'host'}.${scheme}${reservedSuffix}${rest === '' ? '/' : rest}`;
}

export function fromReserved(address: string): string {
  const match = reserved.exec(address);
  return match ? `${match[2]}://${match[1]}${match[3]}` : address;
}

/** `app://host`, as Electron reports the origin of a standard scheme (Node's URL says 'null'). */
export function originOf(address: string): string {
  const match = customScheme.exec(address);
  if (!match) return 'null';
  const { origin } = new URL(address);
  return origin === 'null' ? `${match[1]}://${match[2]}` : origin;
}
