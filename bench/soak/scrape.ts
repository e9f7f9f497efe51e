import { get } from 'node:http';
import { text } from 'node:stream/consumers';

/** What a runner says it holds. */
export interface Holdings {
  connections: number;
  attached: number;
  lingering: number;
}

const timeoutMs = 1_000;

/** @returns Null while the runner is away or stands still. */
export async function scrape(port: number): Promise<Holdings | null> {
  const page = await metricsPage(port);
  if (page === null) return null;
  const value = (series: string): number => {
    const line = page.split('\n').find((each) => each.startsWith(`${series} `));
    if (line === undefined) throw new Error(`the runner does not tell ${series}`);
    return Number(line.slice(series.length));
  };
  return {
    connections: value('linkspan_connections'),
    attached: value('linkspan_sessions{signalling="attached"}'),
    lingering: value('linkspan_sessions{signalling="lingering"}'),
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
