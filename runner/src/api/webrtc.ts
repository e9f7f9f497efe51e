import * as v from 'valibot';
import { iceCandidate, offer } from '../../../shared/wire/client-messages.ts';
import { iceServer } from '../../../shared/wire/server-messages.ts';
import { empty, json, problem, type OfferProblem } from './api-types.ts';
import { fails, gives, givesNothing, route, type Route } from './route.ts';

const offerBody = v.object({
  sdp: offer.entries.sdp,
  type: v.optional(v.literal('offer'), 'offer'),
  initialParameters: offer.entries.initialParameters,
  user_id: offer.entries.user_id,
  /** Of a media session that lives: its peer is replaced. */
  sessionId: offer.entries.sessionId,
  /** Makes the media session inside that connection's session. */
  connection_id: v.optional(v.string()),
});

const offerAnswer = v.object({ sdp: v.string(), type: v.literal('answer'), sessionId: v.string() });
const candidatesBody = v.object({ candidates: v.pipe(v.array(iceCandidate), v.maxLength(64)) });

/** Signalling without a socket; the same session that the socket's messages act on. */
export const webrtcRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/v1/webrtc/ice-servers',
    summary: 'STUN and TURN servers to use',
    answers: { 200: gives('The servers; often none.', v.object({ iceServers: v.array(iceServer) })) },
    handle: ({ runner }) => json({ iceServers: [...runner.iceServers] }),
  }),
  route({
    method: 'POST',
    path: '/api/v1/webrtc/offer',
    summary: 'Begin a media session, or replace the peer of a live one',
    request: offerBody,
    answers: {
      200: gives('The answer, and the id of the media session.', offerAnswer),
      400: fails('The offer cannot be answered.'),
      403: fails('The user may not use this runner.'),
      503: fails('No slot is free, or the session could not begin.'),
    },
    async handle({ request, runner, body }) {
      const { sdp, initialParameters, sessionId, user_id: userId, connection_id: connectionId } = body;
      const caller = { ...request.caller, connectionId: request.caller.connectionId ?? connectionId ?? null };
      const offered = {
        sdp,
        parameters: initialParameters ?? {},
        sessionId,
        scope: caller.scope,
        iceServers: runner.iceServers,
      };
      const answer = await runner.offer(caller, offered, userId);
      if (!answer.ok) return refusal(answer.problem);
      return json({ sdp: answer.value.sdp, type: 'answer', sessionId: answer.value.sessionId } as const);
    },
  }),
  route({
    method: 'PATCH',
    path: '/api/v1/webrtc/offer/:id',
    summary: "Add the client's ICE candidates to a media session",
    request: candidatesBody,
    answers: {
      204: givesNothing('They are added.'),
      400: fails('A candidate was refused.'),
      404: fails('There is no such media session.'),
    },
    async handle({ runner, id, body }) {
      const session = runner.sessionWithMedia(id);
      if (session === null) return problem(404, 'There is no such media session.');
      const added = await Promise.all(body.candidates.map((candidate) => session.candidate(id, candidate)));
      const refused = added.find((result) => !result.ok);
      return refused && !refused.ok ? problem(400, `A candidate was refused: ${refused.problem}`) : empty;
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/v1/webrtc/offer/:id',
    summary: 'End a media session',
    answers: { 204: givesNothing('There is no such media session any more, or never was.') },
    async handle({ runner, id }) {
      await runner.hangUp(id);
      return empty;
    },
  }),
];

/** The HTTP answer to an offer that cannot be taken; the socket's `error` quotes its status. */
export function refusal(offerProblem: OfferProblem): ReturnType<typeof problem<400 | 403 | 503>> {
  switch (offerProblem.kind) {
    case 'denied':
      return problem(403, offerProblem.detail, 'ACCESS_DENIED');
    case 'bad-offer':
      return problem(400, offerProblem.detail, 'BAD_OFFER');
    case 'no-free-slot':
      return problem(503, 'Every slot of this runner is taken. Try again later.', 'NO_FREE_SLOT');
    case 'unavailable':
      return problem(503, offerProblem.detail);
    default:
      offerProblem satisfies never;
      return problem(503, 'The offer failed.');
  }
}
