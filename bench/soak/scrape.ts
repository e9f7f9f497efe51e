import { get } from 'node:http';
import { text } from 'node:stream/consumers';

/** What runners say they hold. */
export interface Holdings {
  connections: number;
  attached: number;
  lingering: number;
  /** Runners that said nothing: gone, or standing still. */
  away: number;
}

const timeoutMs = 1_000;

/** All that these runners hold together. */
export async function scrapeAll(ports: readonly number[]): Promise<Holdings> {
  const all = await Promise.all(ports.map(scrape));
  const sum = (key: keyof Holdings): number => all.reduce((total, held) => total + held[key], 0);
  return {
    connections: sum('connections'),
    attached: sum('attached'),
    lingering: sum('lingering'),
    away: sum('away'),
  };
}

async function scrape(port: number): Promise<Holdings> {
  const page = await metricsPage(port);
  if (page === null) return { connections: 0, attached: 0, lingering: 0, away: 1 };
  const value = (series: string): number => {
    const line = page.split('\n').find((each) => each.startsWith(`${series} `));
    if (line === undefined) throw new Error(`the runner does not tell ${series}`);
    return Number(line.slice(series.length));
  };
  return {
    connections: value('linkspan_connections'),
    attached: value('linkspan_sessions{signalling="attached"}'),
    lingering: value('linkspan_sessions{signalling="lingering"}'),
    away: 0,
  };
}

/** A connection of its own each time: one that is kept alive would count among what this process leaks. */
function metricsPage(port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path: '/metrics', agent: false, timeout: timeoutMs });
    request.on('response', (response) => {
      text(response).then(resolve, () => resolve(null));
    });
    request.on('timeout', () => request.destroy());
    request.on('close', () => resolve(null));
    request.on('error', () => resolve(null));
  });
}
