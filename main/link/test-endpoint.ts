import type { EndpointReport } from '../../shared/ipc/contract.ts';
import type { Fault } from '../../shared/link/fault.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { Api } from './api.ts';
import { apiProblemText } from './api-request.ts';
import type { Clock } from './clock.ts';
import { connectSignalling, type Connected, type Dialling } from './connect-signalling.ts';
import type { LinkSettings } from './defaults.ts';
import type { LinkTarget } from './host.ts';
import { faultWithoutSecret, withoutSecret } from './without-secret.ts';

/**
 * "Test connection": dials, waits for `ready`, says who it is, asks for the pipelines, and leaves. Takes a slot
 * of the runner meanwhile, as every connection does.
 *
 * @param endpoint Its address checked by `endpointUrl`.
 */
export async function testEndpoint(
  { url, token, userId }: Pick<LinkTarget, 'url' | 'token' | 'userId'>,
  clock: Clock,
  settings: LinkSettings,
  log: (level: 'info' | 'warn', text: string) => void,
  dialling: Dialling = {},
): Promise<Result<EndpointReport, Fault>> {
  const roundTrip = Promise.withResolvers<number>();
  const loss = Promise.withResolvers<Result<EndpointReport, Fault>>();
  const connected = await connectSignalling({
    ...dialling,
    url,
    token,
    clock,
    settings,
    abort: new AbortController().signal,
    listener: {
      opened: () => undefined,
      lost: (fault) => loss.resolve(fail(fault)),
      push: () => undefined,
      roundTrip: (ms) => roundTrip.resolve(ms),
      log: (level, text) => log(level, withoutSecret(text, token)),
    },
  });
  if (!connected.ok) return fail(faultWithoutSecret(connected.problem, token));
  const { signalling } = connected.value;
  const outcome = await Promise.race([loss.promise, examine(connected.value, roundTrip.promise)]);
  await signalling.close();
  return outcome.ok ? outcome : fail(faultWithoutSecret(outcome.problem, token));

  async function examine(
    { signalling, ready }: Connected,
    rtt: Promise<number>,
  ): Promise<Result<EndpointReport, Fault>> {
    // A runner answers nobody it does not know.
    signalling.send({ type: 'set_user_id', user_id: userId });
    const list = await new Api(signalling, clock, settings).listPipelines();
    if (!list.ok) return fail({ kind: 'protocol', detail: apiProblemText(list.problem) });
    // The heartbeat's first ping; should its pong never come, the heartbeat itself ends the connection.
    return ok({ rttMs: await rtt, pipelines: list.value, capabilities: ready.capabilities });
  }
}
