import type { IceServer } from '../../../shared/wire/server-messages.ts';

export const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const;

/** Execution providers of ONNX Runtime that a runner can be told to use; `auto` takes the best that works. */
export const providerChoices = ['auto', 'cuda', 'webgpu', 'dml', 'coreml', 'cpu'] as const;

/** UDP ports, both ends included. */
export interface PortRange {
  min: number;
  max: number;
}

/** Everything a runner can be told at its start. */
export interface RunnerOptions {
  /** Address or name to bind to. Beyond loopback only together with a token. */
  host: string;
  /** 0 picks a free port. */
  port: number;
  /** Bearer token that every client must send; null on loopback only. */
  token: string | null;
  /** Certificate chain and private key, PEM; null serves plain HTTP. */
  tls: { cert: string; key: string } | null;
  /** Folders with a user's own models, searched after the built-in ones. */
  modelDirs: readonly string[];
  /** Web origins that may connect. Programs send no `Origin` and need no entry here. */
  allowedOrigins: readonly string[];
  /** Addresses of proxies whose `X-Forwarded-For` is believed. */
  trustedProxies: readonly string[];
  /** Handed to clients and used by the runner's own side. None by default: no third party is asked. */
  iceServers: readonly IceServer[];
  /** Where media may bind; null for any port. A peer connection takes one per address. */
  udpPorts: PortRange | null;
  logLevel: (typeof logLevels)[number];
  /** Sessions at the same time, 1 or more. */
  slots: number;
  /** Milliseconds between WebSocket pings. */
  pingIntervalMs: number;
  /** Silent ping intervals until a client counts as gone, 2 or more. */
  silentIntervals: number;
  /** Milliseconds that a client's system may take to accept a message. */
  writeMs: number;
  /** Milliseconds for which media and slot of a session outlive its socket; 0 ends them with it. */
  graceMs: number;
  /** Milliseconds that a session may last; null for as long as it likes. */
  maxDurationMs: number | null;
  /** Milliseconds that sessions have to leave when the runner is told to stop. */
  drainMs: number;
  /** Where clients of a runner that drains should go, as a WebSocket address; null says nothing. */
  drainEndpoint: string | null;
  /** This runner's name in `/r/ID/ws`. */
  id: string;
  /** The address under which clients reach this runner or its balancer (`wss://HOST`); null tells no resume URL. */
  publicUrl: string | null;
  /** Asked by HTTP POST whether a user may use this runner; null lets everyone who has come this far. */
  userCheckUrl: string | null;
  /** Sockets open at the same time from one address; 0 for any number. */
  maxConnectionsPerAddress: number;
  provider: (typeof providerChoices)[number];
  /** Threads within one operator of a model, 1 or more. */
  threads: number;
  /** The folder in which sessions keep their files while they last. */
  workDir: string;
}
