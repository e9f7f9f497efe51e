import { json } from './api-types.ts';
import type { Route } from './router.ts';

/** Probes for people and load balancers; they need no token and tell nothing about clients. */
export const healthRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/health',
    handle({ runner }) {
      const { state, version, uptimeSeconds, slots } = runner.health();
      return json({ status: 'ok', name: 'linkspan-runner', state, version, uptime_s: uptimeSeconds, slots });
    },
  },
  { method: 'GET', path: '/health/live', handle: () => json({ status: 'ok' }) },
  {
    method: 'GET',
    path: '/health/ready',
    handle({ runner }) {
      const { state, slots } = runner.health();
      if (state === 'draining') return json({ status: 'draining' }, 503);
      return slots.free > 0 ? json({ status: 'ready' }) : json({ status: 'full' }, 503);
    },
  },
];
