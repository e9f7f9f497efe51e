/** What the surroundings may tell the app. */
export interface Environment {
  /** Address of the runner that `npm start` has started; used until the user chooses an endpoint. */
  offeredEndpoint: string | null;
}

/**
 * Reads environment variables, in a development build only: a packaged app takes nothing from them (A58), so
 * that whoever can set a variable cannot point a user's camera at a server.
 */
export function readEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
  isPackaged: boolean,
): Environment {
  const offered = variables['LINKSPAN_ENDPOINT'];
  return { offeredEndpoint: isPackaged || offered === undefined || offered === '' ? null : offered };
}
