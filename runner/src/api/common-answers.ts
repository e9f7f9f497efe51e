import { fails, type AnswerTable, type Route } from './route.ts';

/** What a route may answer besides its own: router, HTTP front and guard do that before the handler. */
export function commonAnswers({ open, request }: Pick<Route, 'open' | 'request'>): AnswerTable {
  return {
    ...(request && {
      400: fails('The body is not what this takes.'),
      413: fails('The body is too large.'),
      415: fails('The body is not JSON.'),
    }),
    ...(!open && { 401: fails('The token is missing or wrong.') }),
    403: fails('The caller may not do this.'),
    429: fails("Too many connections are open from the caller's address."),
    500: fails('The runner failed at this request.'),
  };
}
