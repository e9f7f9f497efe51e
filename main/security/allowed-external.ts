/** Hosts that the app may send its user to. */
const hosts: ReadonlySet<string> = new Set(['linkspan.invalid']);

/**
 * Whether the system's browser may be given an address: `https` on its usual port, to a host of ours, no
 * credentials. Other schemes start programs (`ms-msdt:`) or read files, so none of them passes.
 */
export function isAllowedExternal(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, port, username, password } = new URL(address);
  return protocol === 'https:' && port === '' && username === '' && password === '' && hosts.has(hostname);
}
