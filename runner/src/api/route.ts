import * as v from 'valibot';
import type { apiMethods } from '../../../shared/wire/client-messages.ts';
import type { ApiAnswer, ApiRequest, ApiRunner } from './api-types.ts';

/** What may be answered with a status; the OpenAPI description is made of these. */
export type AnswerSpec =
  | { kind: 'json'; description: string; schema: v.GenericSchema }
  | { kind: 'binary'; description: string; contentType: string }
  | { kind: 'empty'; description: string };

export type AnswerTable = Readonly<Record<number, AnswerSpec>>;

export interface Route {
  method: (typeof apiMethods)[number];
  /** A segment that starts with a colon matches anything and becomes the call's `id`. */
  path: string;
  /** One line. */
  summary: string;
  /** Needs no token. The guard knows these paths too. */
  open?: true;
  /**
   * Acts on the caller's session. `named`: over plain HTTP only if the caller names it, as on loopback
   * nothing else proves who asks; the router refuses everybody else.
   */
  session?: 'any' | 'named';
  /** The JSON body; the router parses it. */
  request?: v.GenericSchema;
  /** Statuses of the handler's own; `common-answers.ts` has those that any route may give. */
  answers: AnswerTable;
  handle(call: RouteCall<unknown>): ApiAnswer | Promise<ApiAnswer>;
}

interface RouteCall<Body> {
  request: ApiRequest;
  runner: ApiRunner;
  /** The path's variable segment, decoded; empty when there is none. */
  id: string;
  body: Body;
}

/** What a handler may return for a table: each status with a body of that status's schema. */
type AnswerOf<Answers extends AnswerTable> = {
  [Status in keyof Answers & number]: Answers[Status] extends { schema: infer Schema extends v.GenericSchema }
    ? { kind: 'json'; status: Status; value: v.InferInput<Schema> }
    : Answers[Status] extends { kind: 'binary' }
      ? { kind: 'binary'; status: Status; content: Buffer; contentType: string }
      : { kind: 'empty'; status: 204 };
}[keyof Answers & number];

interface CheckedRoute<Request extends v.GenericSchema, Answers extends AnswerTable> extends Omit<
  Route,
  'request' | 'answers' | 'handle'
> {
  request?: Request;
  answers: Answers;
  handle(call: RouteCall<v.InferOutput<Request>>): AnswerOf<Answers> | Promise<AnswerOf<Answers>>;
}

/** Makes the compiler hold a handler to the statuses and bodies that its route promises. */
export function route<Request extends v.GenericSchema, Answers extends AnswerTable>(
  checked: CheckedRoute<Request, Answers>,
): Route {
  return checked;
}

/** An answer in JSON. */
export function gives<Schema extends v.GenericSchema>(
  description: string,
  schema: Schema,
): { kind: 'json'; description: string; schema: Schema } {
  return { kind: 'json', description, schema };
}

/** An answer in bytes; over the socket they travel as base64. */
export function givesBytes(
  description: string,
  contentType: string,
): { kind: 'binary'; description: string; contentType: string } {
  return { kind: 'binary', description, contentType };
}

/** An answer that is its status: 204. */
export function givesNothing(description: string): { kind: 'empty'; description: string } {
  return { kind: 'empty', description };
}

/** The body of every error. */
export const errorBody = v.object({
  /** A sentence for people. */
  error: v.string(),
  code: v.optional(v.string()),
});

export const fails = (description: string): ReturnType<typeof gives<typeof errorBody>> =>
  gives(description, errorBody);
