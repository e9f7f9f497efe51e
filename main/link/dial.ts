import type { Agent, IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import type { Fault } from '../../shared/link/fault.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Clock } from './clock.ts';
import type { LinkSettings } from './defaults.ts';

export interface DialOptions {
  /** Checked by `endpointUrl`. */
  url: string;
  token: string | null;
  /** Sent as `Linkspan-Resume`; absent: the header is not sent. */
  resume?: string | undefined;
  /** The way through a proxy, made for this dial; destroyed when the dial fails. Absent: directly. */
  agent?: Agent | undefined;
  clock: Clock;
  settings: Pick<LinkSettings, 'dialMs' | 'maxFrameBytes'>;
}

export interface Dialling {
  /** At once, so that listeners can be attached before the first frame: it may come with the upgrade. */
  socket: WebSocket;
  /** When it is open, or why it never will be; by then a socket that failed is gone. */
  opened: Promise<Result<null, Fault>>;
}

/**
 * Opens a WebSocket, with a limit on TCP, TLS and upgrade together, and tells apart why it failed. Redirects
 * are not followed: the token is meant for this host.
 */
export function dial({ url, token, resume, agent, clock, settings }: DialOptions): Dialling {
  const socket = new WebSocket(url, {
    headers: {
      ...(token !== null && token !== '' && { authorization: `Bearer ${token}` }),
      ...(resume !== undefined && { 'linkspan-resume': resume }),
    },
    ...(agent && { agent }),
    maxPayload: settings.maxFrameBytes,
    // Frames are small JSON; a compressor for each socket costs more memory than it saves bytes.
    perMessageDeflate: false,
  });
  const opened = new Promise<Result<null, Fault>>((resolve) => {
    const timer = clock.setTimeout(() => end({ kind: 'handshake-timeout' }), settings.dialMs);
    const onError = (error: NodeJS.ErrnoException): void => end(faultOfError(error));
    const onClose = (): void => end({ kind: 'unreachable', code: 'ECONNABORTED' });
    function end(fault: Fault): void {
      clock.clearTimeout(timer);
      resolve(fail(fault));
      // Of an unopened socket this makes an error event, so `onError` has to stay.
      socket.terminate();
      // `ws` knows nothing of a connection that is still on its way through a proxy.
      agent?.destroy();
    }
    socket.on('error', onError);
    socket.once('close', onClose);
    socket.once('unexpected-response', (_request, response: IncomingMessage) => {
      end(faultOfStatus(response.statusCode ?? 0));
    });
    socket.once('open', () => {
      clock.clearTimeout(timer);
      // From here on, errors belong to whoever uses the socket.
      socket.off('error', onError).off('close', onClose);
      resolve(ok(null));
    });
  });
  return { socket, opened };
}

function faultOfStatus(status: number): Fault {
  if (status === 401 || status === 403) return { kind: 'unauthorised', status };
  if (status === 429 || status >= 500) return { kind: 'unavailable', status };
  return { kind: 'not-a-runner', status };
}

/** OpenSSL's and Node's names for a handshake or a certificate that failed. */
const tlsCode = /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|EPROTO|HOSTNAME_MISMATCH)/;

function faultOfError(error: NodeJS.ErrnoException): Fault {
  const code = codeOf(error);
  if (code === undefined) return { kind: 'not-a-runner', status: null };
  if (tlsCode.test(code)) return { kind: 'tls', detail: tlsDetail(code) };
  // The HTTP parser's codes: what came back is no HTTP, such as a TLS alert or another protocol's greeting.
  if (code.startsWith('HPE_')) return { kind: 'not-a-runner', status: null };
  return { kind: 'unreachable', code };
}

/** A host with several addresses fails with one error for each. */
function codeOf(error: NodeJS.ErrnoException): string | undefined {
  if (error.code !== undefined) return error.code;
  if (!(error instanceof AggregateError)) return undefined;
  return (error.errors as NodeJS.ErrnoException[]).find((inner) => inner.code !== undefined)?.code;
}

function tlsDetail(code: string): string {
  switch (code) {
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return 'What answers there does not speak TLS';
    case 'CERT_HAS_EXPIRED':
      return 'The runner’s certificate has expired';
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return 'The certificate is for another host name';
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return 'The runner’s certificate is not signed by anyone this computer trusts';
    default:
      return `The TLS handshake failed (${code})`;
  }
}
