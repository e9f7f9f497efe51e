import { snapshotInfo, snapshotList } from '../../../shared/wire/sessions.ts';
import { binary, empty, json, problem } from './api-types.ts';
import { fails, gives, givesBytes, givesNothing, route, type Route } from './route.ts';

const noSession = problem(409, 'There is no session.');
const unknown = problem(404, 'There is no such snapshot.');

/** No store is asked for anything that could be more than a name (S13). */
const isName = (id: string): boolean => /^[\w-]{1,64}$/.test(id);

/** Stills of a session, kept on the runner until the session ends. */
export const snapshotRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/api/v1/session/snapshots',
    summary: 'Keep the next frame that the session sends',
    session: 'named',
    answers: {
      201: gives('What was kept.', snapshotInfo),
      409: fails('There is no session, no media in it, or no room for another.'),
    },
    async handle({ request, runner }) {
      const taken = await runner.snapshots(request.caller)?.take();
      if (taken === undefined) return noSession;
      return taken.ok ? json(taken.value, 201) : problem(409, taken.problem);
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/session/snapshots',
    summary: "The session's snapshots, the oldest first",
    session: 'named',
    answers: { 200: gives('All of them.', snapshotList), 409: fails('There is no session.') },
    async handle({ request, runner }) {
      const snapshots = await runner.snapshots(request.caller)?.list();
      return snapshots === undefined ? noSession : json({ snapshots });
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/session/snapshots/:id',
    summary: 'A snapshot',
    session: 'named',
    answers: {
      200: givesBytes('The picture.', 'image/png'),
      404: fails('There is no such snapshot.'),
      409: fails('There is no session.'),
    },
    async handle({ request, runner, id }) {
      const store = runner.snapshots(request.caller);
      if (store === null) return noSession;
      const content = isName(id) ? await store.read(id) : null;
      return content === null ? unknown : binary(content, 'image/png');
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/session/snapshots/:id',
    summary: 'Drop a snapshot',
    session: 'named',
    answers: {
      204: givesNothing('It is gone.'),
      404: fails('There is no such snapshot.'),
      409: fails('There is no session.'),
    },
    async handle({ request, runner, id }) {
      const store = runner.snapshots(request.caller);
      if (store === null) return noSession;
      return isName(id) && (await store.remove(id)) ? empty : unknown;
    },
  }),
];
