import * as v from 'valibot';
import { recoverySettings, type RecoverySettings } from '../../shared/link/recovery-settings.ts';

/** What the surroundings may tell the app. */
export interface Environment {
  /** Address of the runner that `npm start` has started; used until the user chooses an endpoint. */
  offeredEndpoint: string | null;
  /** Numbers of recovery that take the place of the user's, from `LINKSPAN_RECOVERY` (JSON, any subset). */
  recovery: RecoverySettings | null;
  /** Port at which runners on this machine are looked for instead of the usual one, in tests; null otherwise. */
  findPort: number | null;
  /** Whether tests may break the link from outside, by `LINKSPAN_FAULT_HOOKS=1`. */
  faultHooks: boolean;
  /** What could not be used, a sentence each. */
  problems: string[];
}

/**
 * Reads environment variables, in a development build only: a packaged app takes nothing from them (A58), so
 * that whoever can set a variable cannot point a user's camera at a server.
 */
export function readEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
  isPackaged: boolean,
): Environment {
  const given = (name: string): string | null => (isPackaged ? null : variables[name] || null);
  const problems: string[] = [];
  const recovery = readRecovery(given('LINKSPAN_RECOVERY'), (problem) =>
    problems.push(`LINKSPAN_RECOVERY is not used: ${problem}`),
  );
  return {
    offeredEndpoint: given('LINKSPAN_ENDPOINT'),
    recovery,
    findPort: readPort(given('LINKSPAN_FIND_PORT'), (problem) =>
      problems.push(`LINKSPAN_FIND_PORT is not used: ${problem}`),
    ),
    faultHooks: given('LINKSPAN_FAULT_HOOKS') === '1',
    problems,
  };
}

function readPort(text: string | null, refuse: (problem: string) => void): number | null {
  if (text === null) return null;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  refuse('it is no port (1 to 65535).');
  return null;
}

function readRecovery(json: string | null, refuse: (problem: string) => void): RecoverySettings | null {
  if (json === null) return null;
  try {
    const parsed = v.safeParse(recoverySettings, JSON.parse(json));
    if (parsed.success) return parsed.output;
    const [issue] = parsed.issues;
    refuse([v.getDotPath(issue), issue.message].filter(Boolean).join(': '));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    refuse(`it is no JSON (${error.message})`);
  }
  return null;
}
