import { binary } from './api-types.ts';
import { givesBytes, route, type Route } from './route.ts';

/** For monitoring systems; `../metrics/README.md` lists what there is. */
export const metricsRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/metrics',
    summary: 'Metrics in the text format of Prometheus',
    answers: { 200: givesBytes('All metrics.', 'text/plain') },
    async handle({ runner }) {
      const { text, contentType } = await runner.metrics();
      return binary(Buffer.from(text), contentType);
    },
  }),
];
