import type { IncomingMessage } from 'node:http';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { problem, type ApiAnswer, type ApiBody } from '../api/api-types.ts';
import { maxJsonDepth, maxPayloadBytes } from '../connection/defaults.ts';
import { isWithinDepth } from '../guard/json-depth.ts';

/** Reads a request's body, at most `maxPayloadBytes` of it. */
export async function readBody(request: IncomingMessage): Promise<Result<ApiBody, ApiAnswer>> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxPayloadBytes) {
      return fail(problem(413, `A body may have ${maxPayloadBytes} bytes at most.`, 'TOO_LARGE'));
    }
    chunks.push(chunk);
  }
  if (length === 0) return ok({ kind: 'none' });
  const content = Buffer.concat(chunks);
  const contentType = request.headers['content-type'] ?? 'application/json';
  if (!/^application\/json\b/i.test(contentType)) return ok({ kind: 'binary', content, contentType });
  const text = content.toString('utf8');
  if (!isWithinDepth(text, maxJsonDepth)) {
    return fail(problem(400, `A body may be ${maxJsonDepth} levels deep at most.`, 'TOO_LARGE'));
  }
  try {
    return ok({ kind: 'json', value: JSON.parse(text) as unknown });
  } catch (error) {
    return fail(problem(400, `Invalid JSON: ${error instanceof Error ? error.message : String(error)}`));
  }
}
