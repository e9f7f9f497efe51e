import { STATUS_CODES, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ApiAnswer } from '../api/api-types.ts';
import { hangUpMs } from '../guard/defaults.ts';

/** Sends an answer. The body is never guessed at by a browser, and never kept by a cache. */
export function writeAnswer(
  response: ServerResponse,
  answer: ApiAnswer,
  headers: OutgoingHttpHeaders = {},
): void {
  const { content, contentType } = contentOf(answer);
  response.writeHead(answer.status, {
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    ...(contentType !== null && { 'content-type': contentType, 'content-length': content.length }),
    ...headers,
  });
  response.end(content);
}

/**
 * Refuses an upgrade, or a connection before it has asked for anything: Node gives the bare socket for both, and
 * its own limits of time no longer hold for it.
 */
export function refuseSocket(socket: Duplex, status: number, error: string): void {
  const body = JSON.stringify({ error });
  const challenge = status === 401 ? 'WWW-Authenticate: Bearer\r\n' : '';
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${challenge}Connection: close\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  // Read on: with data unread a system resets the connection, and the client may never see the answer.
  socket.resume();
  const limit = setTimeout(() => socket.destroy(), hangUpMs);
  socket.once('close', () => clearTimeout(limit));
}

function contentOf(answer: ApiAnswer): { content: Buffer; contentType: string | null } {
  switch (answer.kind) {
    case 'empty':
      return { content: Buffer.alloc(0), contentType: null };
    case 'binary':
      return answer;
    case 'json':
      return { content: Buffer.from(JSON.stringify(answer.value)), contentType: 'application/json' };
    default:
      answer satisfies never;
      return { content: Buffer.alloc(0), contentType: null };
  }
}
