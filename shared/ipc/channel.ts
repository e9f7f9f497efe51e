import type * as v from 'valibot';

/** What the window may ask of main: the schema of its arguments, and the type of its answer. */
export interface Channel<Request extends v.GenericSchema, Answer> {
  request: Request;
  /** For the type alone; never set. */
  answer?: Answer;
}

/** Declares a channel: `channel<Answer>()(schema)`. */
export const channel =
  <Answer>() =>
  <Request extends v.GenericSchema>(request: Request): Channel<Request, Answer> => ({ request });
