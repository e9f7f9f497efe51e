import * as v from 'valibot';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { clientMessage, type ClientMessage } from '../../../shared/wire/client-messages.ts';
import { isWithinDepth } from '../guard/json-depth.ts';
import { maxJsonDepth } from './defaults.ts';
import type { OutgoingMessage } from './outbox.ts';

const envelope = v.object({ type: v.string(), request_id: v.optional(v.string()) });
const knownTypes: ReadonlySet<string> = new Set(
  clientMessage.options.map(({ entries }) => entries.type.literal),
);

/** Reads a text frame, or gives the `error` that answers it. */
export function readMessage(text: string): Result<ClientMessage, OutgoingMessage> {
  if (!isWithinDepth(text, maxJsonDepth)) {
    return refuse(`Invalid message: more than ${maxJsonDepth} levels deep`, undefined, 'TOO_LARGE');
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return refuse(`Invalid JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const head = v.safeParse(envelope, json);
  if (!head.success) return refuse('Invalid message: expected an object with a "type"');
  const { type, request_id: requestId } = head.output;
  if (!knownTypes.has(type)) return refuse(`Unknown message type: ${type}`, requestId);
  const message = v.safeParse(clientMessage, json);
  if (message.success) return ok(message.output);
  const [issue] = message.issues;
  const where = v.getDotPath(issue) ?? '';
  const code = issue.type === 'max_length' ? 'TOO_LARGE' : undefined;
  return refuse(`Invalid ${type}: ${where === '' ? '' : `${where}: `}${issue.message}`, requestId, code);
}

function refuse(
  error: string,
  requestId?: string,
  code?: 'TOO_LARGE',
): { ok: false; problem: OutgoingMessage } {
  return fail({
    type: 'error',
    error,
    ...(code !== undefined && { code }),
    ...(requestId !== undefined && { request_id: requestId }),
  });
}
