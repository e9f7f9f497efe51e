import { problem } from './api-types.ts';
import type { Route } from './router.ts';

/** What the session sends at this moment, as a still. */
export const pictureRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/session/picture',
    async handle({ request, runner }) {
      // On loopback plain HTTP proves nothing about who asks, and this is somebody's camera.
      if (request.caller.connectionId === null) {
        return problem(403, 'The picture is for the client whose session it is: ask over its socket.');
      }
      const picture = await runner.sessionOf(request.caller)?.picture();
      if (!picture?.ok) return problem(409, picture?.problem ?? 'There is no session.');
      return {
        kind: 'binary',
        status: 200,
        content: Buffer.from(picture.value.png),
        contentType: 'image/png',
      };
    },
  },
];
