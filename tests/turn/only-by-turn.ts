import { isIPv4 } from 'node:net';
import { behindTheServer } from './served-client.ts';

type Exchange = (offer: string) => Promise<string>;

/**
 * Makes a runner on this machine one that only the TURN server reaches: it hears of no candidate but relayed ones, and
 * its own are where nobody else gets.
 *
 * @param behind Is told where they really are, by port.
 */
export function onlyByTurn(exchange: Exchange, behind = new Map<number, string>()): Exchange {
  return async (offer) => {
    const answer = await exchange(onlyRelayed(offer));
    return answer
      .split('\r\n')
      .flatMap((line) => {
        if (!line.startsWith('a=candidate:')) return [line];
        const [foundation, component, protocol, priority, address = '', port, ...rest] = line.split(' ');
        if (!isIPv4(address)) return [];
        behind.set(Number(port), address);
        return [[foundation, component, protocol, priority, behindTheServer, port, ...rest].join(' ')];
      })
      .join('\r\n');
  };
}

/** The description without any candidate that is not relayed. */
export function onlyRelayed(sdp: string): string {
  return sdp.replaceAll(/a=candidate:.* typ (?!relay).*\r\n/g, '');
}
