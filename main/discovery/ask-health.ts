import { once } from 'node:events';
import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { checkServerIdentity, TLSSocket } from 'node:tls';
import { maxHealthLength } from './defaults.ts';

/** Names of this machine, as an address has them. */
export type OwnHost = '127.0.0.1' | '[::1]';

const notTrusted =
  'This computer does not trust its certificate. Add it to the system’s own, or start the runner without TLS: nothing leaves this computer.';

export interface HealthAnswer {
  /** Where a runner's socket would be. */
  url: string;
  text: string;
  /** Why it cannot be used there as it is, in sentences; null when it can. */
  problem: string | null;
}

/**
 * Asks one place on this machine for its health: plainly, and by TLS where something listens that does not answer so.
 *
 * @returns What is answered with status 200; null when nobody does, in time and in few words.
 */
export async function askHealth(
  host: OwnHost,
  port: number,
  signal: AbortSignal,
): Promise<HealthAnswer | null> {
  // Neither a proxy nor a connection that is kept: the question is about this machine, and asked once.
  const options = { path: '/health', host: host.replaceAll(/[[\]]/g, ''), port, agent: false, signal };
  const plain = await answerTo(http.get(options));
  if (plain === 'nobody') return null;
  if (plain !== null) return { url: `ws://${host}:${port}/ws`, ...plain, problem: null };
  // Trust is judged by us, so that the user hears why: nothing is sent but the question.
  const asked = https.get({ ...options, servername: 'localhost', rejectUnauthorized: false });
  let judged: Judged = { name: options.host, problem: null };
  asked.once('response', ({ socket }) => {
    if (socket instanceof TLSSocket) judged = judge(socket, options.host);
  });
  const secure = await answerTo(asked);
  if (secure === null || secure === 'nobody') return null;
  const { name, problem } = judged;
  return { url: `wss://${name === 'localhost' ? name : host}:${port}/ws`, ...secure, problem };
}

/** @returns `nobody` when nobody listens; null when whoever does is not to be understood, or takes too long. */
async function answerTo(request: ClientRequest): Promise<{ text: string } | 'nobody' | null> {
  try {
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    const text = response.statusCode === 200 ? await readBounded(response) : null;
    return text === null ? null : { text };
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED' ? 'nobody' : null;
  } finally {
    request.destroy();
  }
}

async function readBounded(response: IncomingMessage): Promise<string | null> {
  let text = '';
  for await (const part of response.setEncoding('utf8') as AsyncIterable<string>) {
    text += part;
    if (text.length > maxHealthLength) return null;
  }
  return text;
}

/** Which name of this machine a certificate is good for, and what would keep a link from taking it. */
interface Judged {
  name: string;
  problem: string | null;
}

function judge(socket: TLSSocket, host: string): Judged {
  const certificate = socket.getPeerCertificate();
  const code = String(socket.authorizationError ?? '');
  if (code === 'CERT_HAS_EXPIRED') return { name: host, problem: 'Its certificate has expired.' };
  if (code !== '' && code !== 'ERR_TLS_CERT_ALTNAME_INVALID') return { name: host, problem: notTrusted };
  const name = [host, 'localhost'].find((each) => checkServerIdentity(each, certificate) === undefined);
  if (name !== undefined) return { name, problem: null };
  const names = (certificate.subjectaltname ?? '').replaceAll(/(?:DNS|IP Address):/g, '').slice(0, 128);
  return { name: host, problem: `Its certificate is for ${names || 'another name'}. Add it by that name.` };
}
