import type { RunnerOptions } from './runner-options.ts';

export const defaultOptions: RunnerOptions = {
  host: '127.0.0.1',
  /** Unassigned by IANA's registry of service names; what the app offers as an example. */
  port: 8765,
  token: null,
  modelDirs: [],
  allowedOrigins: [],
  iceServers: [],
  logLevel: 'info',
  /** Three silent intervals mean death: 15 s, half of what common proxies allow an idle connection. */
  pingIntervalMs: 5000,
};

/** Shorter tokens can be guessed over a network in days. */
export const minTokenLength = 16;
