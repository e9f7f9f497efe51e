import type { IceServer } from '../../../shared/wire/server-messages.ts';

export const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const;

/** Everything a runner can be told at its start. */
export interface RunnerOptions {
  /** Address or name to bind to. Beyond loopback only together with a token. */
  host: string;
  /** 0 picks a free port. */
  port: number;
  /** Bearer token that every client must send; null on loopback only. */
  token: string | null;
  /** Folders with a user's own models, searched after the built-in ones. */
  modelDirs: readonly string[];
  /** Web origins that may connect. Programs send no `Origin` and need no entry here. */
  allowedOrigins: readonly string[];
  /** Handed to clients and used by the runner's own side. None by default: no third party is asked. */
  iceServers: readonly IceServer[];
  logLevel: (typeof logLevels)[number];
  /** Milliseconds between WebSocket pings. */
  pingIntervalMs: number;
}
