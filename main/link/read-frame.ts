import * as v from 'valibot';
import { serverMessage, type ServerMessage } from '../../shared/wire/server-messages.ts';

/** What a text frame turned out to be. Only `message` is acted upon; the rest is tolerated. */
export type Frame =
  | { kind: 'message'; message: ServerMessage }
  /** A type of some later protocol. */
  | { kind: 'unknown'; type: string }
  /** A type we know in a shape we do not. A request it answers need not wait any longer. */
  | { kind: 'unreadable'; detail: string; requestId: string | null };

const knownTypes: ReadonlySet<string> = new Set(
  serverMessage.options.map((option) => option.entries.type.literal),
);

const envelope = v.object({ type: v.string(), request_id: v.optional(v.string()) });

/** Reads one frame from a runner; never throws. */
export function readFrame(text: string): Frame {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { kind: 'unreadable', detail: 'not JSON', requestId: null };
  }
  const parsed = v.safeParse(serverMessage, json);
  if (parsed.success) return { kind: 'message', message: parsed.output };
  const outer = v.safeParse(envelope, json);
  if (!outer.success) return { kind: 'unreadable', detail: 'an object without a type', requestId: null };
  const { type, request_id: requestId } = outer.output;
  if (!knownTypes.has(type)) return { kind: 'unknown', type };
  const where = v.getDotPath(parsed.issues[0]) ?? '';
  return {
    kind: 'unreadable',
    detail: `${type}: ${where} is missing or of the wrong kind`,
    requestId: requestId ?? null,
  };
}
