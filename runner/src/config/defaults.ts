import { tmpdir } from 'node:os';
import { defaultRunnerPort } from '../../../shared/wire/default-port.ts';
import type { RunnerOptions } from './runner-options.ts';

export const defaultOptions: RunnerOptions = {
  host: '127.0.0.1',
  port: defaultRunnerPort,
  token: null,
  tls: null,
  modelDirs: [],
  allowedOrigins: [],
  trustedProxies: [],
  iceServers: [],
  udpPorts: null,
  logLevel: 'info',
  /** One GPU, one picture: more share it, which the operator has to want. */
  slots: 1,
  /** Three silent intervals mean death: 15 s, half of what common proxies allow an idle connection. */
  pingIntervalMs: 5000,
  silentIntervals: 3,
  /** A message that the client's system does not take within this time never will be (A9). */
  writeMs: 10_000,
  /** Long enough for a change of networks, short enough that a crashed client does not keep a GPU (A39). */
  graceMs: 15_000,
  maxDurationMs: null,
  /** Below the 30 s that Kubernetes and `docker stop` users commonly grant before they kill. */
  drainMs: 25_000,
  drainEndpoint: null,
  /** Empty: a random one at each start. */
  id: '',
  publicUrl: null,
  userCheckUrl: null,
  /** More than a family behind one router needs, far less than what exhausts file descriptors. */
  maxConnectionsPerAddress: 256,
  provider: 'auto',
  /**
   * Two cores carry media, signalling and inference: one thread keeps a 512² sketch below 10 ms and leaves
   * the other core to the codec (two threads tripled the CPU of a small model when measured).
   */
  threads: 1,
  workDir: tmpdir(),
};

/** Shorter tokens can be guessed over a network in days. */
export const minTokenLength = 16;
