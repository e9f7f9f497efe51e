import * as v from 'valibot';
import { iceCandidate, offer } from '../../../shared/wire/client-messages.ts';
import { json, problem, type ApiAnswer, type OfferProblem } from './api-types.ts';
import { readJson } from './read-body.ts';
import type { Route } from './router.ts';

const offerBody = v.object({
  sdp: offer.entries.sdp,
  type: v.optional(v.literal('offer'), 'offer'),
  initialParameters: offer.entries.initialParameters,
  user_id: offer.entries.user_id,
  sessionId: offer.entries.sessionId,
  /** Makes the media session inside that connection's session. */
  connection_id: v.optional(v.string()),
});

const candidatesBody = v.object({ candidates: v.pipe(v.array(iceCandidate), v.maxLength(64)) });

const gone: ApiAnswer = { kind: 'empty', status: 204 };

/** Signalling without a socket; the same session that the socket's messages act on. */
export const webrtcRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/webrtc/ice-servers',
    handle: ({ runner }) => json({ iceServers: runner.iceServers }),
  },
  {
    method: 'POST',
    path: '/api/v1/webrtc/offer',
    async handle({ request, runner }) {
      const body = readJson(offerBody, request.body);
      if (!body.ok) return body.problem;
      const { sdp, initialParameters, sessionId, connection_id: connectionId } = body.value;
      const caller = { ...request.caller, connectionId: request.caller.connectionId ?? connectionId ?? null };
      const answer = await runner.offer(caller, {
        sdp,
        parameters: initialParameters ?? {},
        sessionId,
        scope: caller.scope,
        iceServers: runner.iceServers,
      });
      if (!answer.ok) return refusal(answer.problem);
      return json({ sdp: answer.value.sdp, type: 'answer', sessionId: answer.value.sessionId });
    },
  },
  {
    method: 'PATCH',
    path: '/api/v1/webrtc/offer/:id',
    async handle({ request, runner, id }) {
      const body = readJson(candidatesBody, request.body);
      if (!body.ok) return body.problem;
      const session = runner.sessionOf(request.caller);
      if (session === null || session.mediaId !== id) return problem(404, 'There is no such media session.');
      const added = await Promise.all(
        body.value.candidates.map((candidate) => session.candidate(id, candidate)),
      );
      const refused = added.find((result) => !result.ok);
      return refused && !refused.ok ? problem(400, `A candidate was refused: ${refused.problem}`) : gone;
    },
  },
  {
    method: 'DELETE',
    path: '/api/v1/webrtc/offer/:id',
    async handle({ runner, id }) {
      await runner.hangUp(id);
      return gone;
    },
  },
];

/** The HTTP answer to an offer that cannot be taken; the socket's `error` quotes its status. */
export function refusal(offerProblem: OfferProblem): ApiAnswer {
  switch (offerProblem.kind) {
    case 'bad-offer':
      return problem(400, offerProblem.detail, 'BAD_OFFER');
    case 'no-free-slot':
      return problem(503, 'Another client has the only session. Try again later.', 'NO_FREE_SLOT');
    case 'unavailable':
      return problem(503, offerProblem.detail);
    default:
      offerProblem satisfies never;
      return problem(500, 'The offer failed.');
  }
}
