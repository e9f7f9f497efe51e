import { sessionInfo } from '../../../shared/wire/sessions.ts';
import { binary, json, problem } from './api-types.ts';
import { fails, gives, givesBytes, route, type Route } from './route.ts';

/** A client's own session; nobody sees another's. */
export const sessionRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/session',
    summary: 'The own session',
    session: 'named',
    answers: { 200: gives('How it stands.', sessionInfo), 404: fails('There is no such session.') },
    handle({ request, runner }) {
      const session = runner.describe(request.caller);
      return session === null ? problem(404, 'There is no such session.') : json(session);
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/session/picture',
    summary: 'The next frame that the session sends',
    session: 'named',
    answers: {
      200: givesBytes('The frame.', 'image/png'),
      409: fails('There is no session, or no media in it.'),
    },
    async handle({ request, runner }) {
      const picture = await runner.sessionOf(request.caller)?.picture();
      if (!picture?.ok) return problem(409, picture?.problem ?? 'There is no session.');
      return binary(Buffer.from(picture.value.png), 'image/png');
    },
  }),
];
