import { behindTheServer } from './served-client.ts';

type Exchange = (offer: string) => Promise<string>;

/**
 * Makes a runner on this machine one that only the TURN server reaches: it hears of no candidate but relayed ones, and
 * its own are where nobody else gets.
 */
export function onlyByTurn(exchange: Exchange): Exchange {
  return async (offer) => {
    const answer = await exchange(offer.replaceAll(/a=candidate:.* typ (?!relay).*\r\n/g, ''));
    return answer.replaceAll(/(a=candidate:\S+ \d \S+ \d+) \d+\.\d+\.\d+\.\d+ /g, `$1 ${behindTheServer} `);
  };
}
