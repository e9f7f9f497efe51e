import { defaultRunnerPort } from '../../shared/wire/default-port.ts';

/**
 * Ports of this machine at which a runner may be found.
 *
 * @param findPort In place of the usual one; null: the usual one.
 * @param offeredEndpoint Address of the runner that `npm start` has started, at a port of its own.
 */
export function portsToAsk(findPort: number | null, offeredEndpoint: string | null): number[] {
  const usual = findPort ?? defaultRunnerPort;
  const offered = Number(URL.parse(offeredEndpoint ?? '')?.port);
  return offered > 0 && offered !== usual ? [usual, offered] : [usual];
}
