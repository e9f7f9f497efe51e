import type { Fault } from '../../shared/link/fault.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { IceServer } from '../../shared/wire/server-messages.ts';
import { CandidateQueue } from './candidate-queue.ts';
import type { Clock } from './clock.ts';
import type { LegReport } from './connection.ts';
import type { LinkSettings } from './defaults.ts';
import { MediaLeg } from './media-leg.ts';
import type { MediaPort } from './media-port.ts';
import type { ParameterFeed } from './parameters.ts';
import { requestProblemText } from './pending-requests.ts';
import type { Signalling } from './signalling.ts';

/** What it takes to make one peer connection over a socket that is ready. */
export interface Negotiation {
  signalling: Signalling;
  media: MediaPort;
  clock: Clock;
  settings: LinkSettings;
  parameters: ParameterFeed;
  userId: string;
  /** Of the session it belongs to; null makes a new one. */
  sessionId: string | null;
  loopbackOnly: boolean;
  abort: AbortSignal;
  expected(): boolean;
  /** The runner's id for the session, as soon as it is known. */
  session(id: string): void;
  log: (level: 'info' | 'warn', text: string) => void;
}

/** Makes a peer connection, from the ICE servers to the first picture. Its later fate goes to `leg.report`. */
export async function makeMediaLeg(options: Negotiation, leg: LegReport): Promise<Result<null, Fault>> {
  const { signalling, media, clock, settings, parameters, loopbackOnly, log } = options;
  const iceServers = await iceServersOf(options);
  if (options.abort.aborted) return fail({ kind: 'closed', code: 1000, reason: 'ended here' });
  const candidates = new CandidateQueue(signalling, settings.candidateMs, log);
  const made = new MediaLeg({
    media,
    clock,
    settings,
    loopbackOnly,
    iceServers,
    parameters,
    expected: () => options.expected(),
    exchange: (sdp) => {
      leg.report({ type: 'offered' });
      return exchange(options, sdp, candidates);
    },
    candidate: (candidate) => candidates.add(candidate),
    listener: {
      connected: () => leg.report({ type: 'stage', stage: 'first-frame' }),
      broken: (fault) => leg.report({ type: 'media-down', fault }),
      stalled: (silentMs) => leg.report({ type: 'stalled', silentMs }),
      flowing: () => leg.report({ type: 'flowing' }),
      message: (text) => log('info', `The runner's data channel: ${text.slice(0, 200)}`),
    },
  });
  leg.legMade(made);
  const outcome = await made.establish();
  // What was changed since the offer, in case the channel opened before that.
  if (outcome.ok) made.flushParameters();
  return outcome;
}

async function exchange(
  negotiation: Negotiation,
  sdp: string,
  candidates: CandidateQueue,
): Promise<Result<string, Fault>> {
  const { signalling, settings, parameters, userId, sessionId } = negotiation;
  const reply = await signalling.request(
    {
      type: 'offer',
      sdp,
      sdp_type: 'offer',
      initialParameters: parameters.takeAll(),
      user_id: userId,
      ...(sessionId !== null && { sessionId }),
    },
    'answer',
    settings.offerMs,
  );
  if (!reply.ok) return fail({ kind: 'offer-failed', detail: requestProblemText(reply.problem) });
  negotiation.session(reply.value.sessionId);
  candidates.release(reply.value.sessionId);
  return ok(reply.value.sdp);
}

/** A runner that names none is tried without: on one machine and in most networks that is enough. */
async function iceServersOf({ signalling, settings, log }: Negotiation): Promise<IceServer[]> {
  const reply = await signalling.request({ type: 'get_ice_servers' }, 'ice_servers', settings.requestMs);
  if (reply.ok) return reply.value.data.iceServers;
  log('warn', `The runner named no ICE servers: ${requestProblemText(reply.problem)}`);
  return [];
}
