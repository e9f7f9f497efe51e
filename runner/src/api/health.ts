import * as v from 'valibot';
import { json } from './api-types.ts';
import { gives, route, type Route } from './route.ts';

const health = v.object({
  status: v.literal('ok'),
  name: v.literal('linkspan-runner'),
  id: v.string(),
  state: v.picklist(['serving', 'draining']),
  version: v.string(),
  uptime_s: v.number(),
  slots: v.object({ total: v.number(), free: v.number() }),
});

/** Probes for people and load balancers; they need no token and tell nothing about clients. */
export const healthRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/health',
    summary: 'What the runner is, and how it fares',
    open: true,
    answers: { 200: gives('The process serves.', health) },
    handle({ runner }) {
      const { id, state, version, uptimeSeconds, slots } = runner.health();
      const name = 'linkspan-runner';
      return json({ status: 'ok', name, id, state, version, uptime_s: uptimeSeconds, slots } as const);
    },
  }),
  route({
    method: 'GET',
    path: '/health/live',
    summary: 'Whether the process serves',
    open: true,
    answers: { 200: gives('It does.', v.object({ status: v.literal('ok') })) },
    handle: () => json({ status: 'ok' } as const),
  }),
  route({
    method: 'GET',
    path: '/health/ready',
    summary: 'Whether a new client would get a slot',
    open: true,
    answers: {
      200: gives('It would.', v.object({ status: v.literal('ready') })),
      503: gives('Not now.', v.object({ status: v.picklist(['full', 'draining']) })),
    },
    handle({ runner }) {
      const { state, slots } = runner.health();
      if (state === 'draining') return json({ status: 'draining' } as const, 503);
      return slots.free > 0 ? json({ status: 'ready' } as const) : json({ status: 'full' } as const, 503);
    },
  }),
];
