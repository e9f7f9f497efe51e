import type { ClientMessage } from '../../../shared/wire/client-messages.ts';
import { answerApi } from '../api/router.ts';
import type { ApiCaller, ApiRunner } from '../api/api-types.ts';
import { answerForSocket, bodyFromSocket } from '../api/socket-api.ts';
import { refusal } from '../api/webrtc.ts';
import type { Admission } from '../guard/user-check.ts';
import type { Session } from '../session/session.ts';
import type { Identity } from './identity.ts';
import type { OutgoingMessage } from './outbox.ts';

type NameAnswer = Extract<OutgoingMessage, { type: 'user_id_set' | 'error' }>;

/** What the answers need of the connection that asks. */
export interface Asker {
  caller: ApiCaller;
  runner: ApiRunner;
  session: Session;
  /** Waits until the connection may use its session: the one before in its slot has gone for good (A41). */
  ready(): Promise<void>;
  identity: Pick<Identity, 'accepted'>;
  /** Takes the name that the client gives itself. */
  identify(userId: string): Promise<Admission>;
  report(error: unknown): void;
}

/** The reply to one message; messages are answered side by side, in whatever order the replies are ready. */
export async function answerMessage(message: ClientMessage, asker: Asker): Promise<OutgoingMessage> {
  if (message.type === 'ping') return { type: 'pong', ...idOf(message) };
  if (message.type === 'set_user_id') return answerName(message.user_id, asker);
  if (message.type === 'offer' && message.user_id !== undefined) {
    const answer = await answerName(message.user_id, asker);
    if (answer.type === 'error') return { ...answer, request_id: message.request_id };
  }
  if (!(await asker.identity.accepted())) {
    return {
      type: 'error',
      ...idOf(message),
      error: `Send set_user_id before ${message.type}`,
      code: 'NOT_AUTHENTICATED',
    };
  }
  switch (message.type) {
    case 'get_ice_servers':
      return {
        type: 'ice_servers',
        request_id: message.request_id,
        data: { iceServers: [...asker.runner.iceServers] },
        status: 200,
      };
    case 'offer':
      return answerOffer(message, asker);
    case 'icecandidate':
      return acknowledgeCandidate(message, asker);
    case 'api':
      return answerCall(message, asker);
    default:
      return message satisfies never;
  }
}

async function answerName(userId: string, asker: Asker): Promise<NameAnswer> {
  const admission = await asker.identify(userId);
  switch (admission) {
    case 'admitted':
      return { type: 'user_id_set', user_id: userId };
    case 'denied':
      return { type: 'error', error: 'Access denied', code: 'ACCESS_DENIED' };
    case 'unavailable':
      return { type: 'error', error: 'It cannot be checked at present who you are; try again later.' };
    default:
      return admission satisfies never;
  }
}

async function answerOffer(
  message: Extract<ClientMessage, { type: 'offer' }>,
  asker: Asker,
): Promise<OutgoingMessage> {
  await asker.ready();
  const { runner, caller } = asker;
  const answer = await runner.offer(caller, {
    sdp: message.sdp,
    parameters: message.initialParameters ?? {},
    sessionId: message.sessionId,
    scope: caller.scope,
    iceServers: runner.iceServers,
  });
  const { request_id: requestId } = message;
  if (answer.ok) {
    const { sdp, sessionId } = answer.value;
    return { type: 'answer', request_id: requestId, sdp, sdp_type: 'answer', sessionId };
  }
  const { status } = refusal(answer.problem);
  const { kind } = answer.problem;
  return {
    type: 'error',
    request_id: requestId,
    error: `Offer failed: ${status}`,
    ...(kind === 'bad-offer' && { code: 'BAD_OFFER' }),
    ...(kind === 'no-free-slot' ? { code: 'NO_FREE_SLOT' } : { detail: answer.problem.detail }),
  };
}

async function acknowledgeCandidate(
  message: Extract<ClientMessage, { type: 'icecandidate' }>,
  asker: Asker,
): Promise<OutgoingMessage> {
  const { request_id: requestId, candidate } = message;
  await asker.ready();
  const added = await asker.session.candidate(message.sessionId, candidate);
  if (!added.ok) {
    return { type: 'error', request_id: requestId, error: `Candidate refused: ${added.problem}` };
  }
  const status = candidate === null ? 'end_of_candidates' : 'ok';
  return { type: 'icecandidate_ack', request_id: requestId, status };
}

async function answerCall(
  message: Extract<ClientMessage, { type: 'api' }>,
  asker: Asker,
): Promise<OutgoingMessage> {
  await asker.ready();
  const { runner, caller } = asker;
  const { method, path, body } = message;
  const answer = await answerApi({ method, path, caller, body: bodyFromSocket(body) }, runner, (error) =>
    asker.report(error),
  );
  return { type: 'api_response', request_id: message.request_id, ...answerForSocket(answer) };
}

/** What a reply says again of the message that it answers. */
export function idOf(message: ClientMessage): { request_id?: string } {
  return 'request_id' in message && message.request_id !== undefined
    ? { request_id: message.request_id }
    : {};
}
