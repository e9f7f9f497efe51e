import {
  bindAddress,
  checkUrl,
  ipAddress,
  webOrigin,
  webSocketOrigin,
  webSocketUrl,
} from './address-scalars.ts';
import { defaultOptions, minTokenLength } from './defaults.ts';
import { iceServer } from './ice-server-scalar.ts';
import { many, one, toggle, type Option } from './option.ts';
import { portRange } from './port-range.ts';
import { logLevels, providerChoices } from './runner-options.ts';
import { isRunnerId } from './runner-id.ts';
import { choice, filePath, seconds, text, wholeNumber } from './scalar.ts';

const runnerId = text({
  placeholder: 'ID',
  give: '1 to 64 letters, digits, "-" and "_"',
  read: (given) => (isRunnerId(given) ? given : null),
});
const token = text({
  placeholder: 'TEXT',
  give: `a text of at least ${minTokenLength} characters`,
  read: (given) => (given === '' ? null : given),
});
const dayS = 86_400;

/**
 * Everything that can be given to a runner, each thing once and by its name in the config file; flag and variable
 * follow from it. Command line, environment, config file, help and documentation are all made from this table.
 */
const optionTable = {
  host: one(bindAddress, defaultOptions.host, {
    group: 'Where it listens',
    help: 'Address to bind to; 0.0.0.0 is every IPv4 address. Anything beyond this machine needs a token.',
  }),
  port: one(wholeNumber(0, 65_535), defaultOptions.port, {
    group: 'Where it listens',
    help: 'Port for WebSocket and HTTP; 0 for any free one.',
  }),
  cert: one(filePath('FILE'), null, {
    group: 'Where it listens',
    help: 'PEM file with the certificate and what it was signed by: serves wss:// and https://. Goes with --key.',
  }),
  key: one(filePath('FILE'), null, {
    group: 'Where it listens',
    help: "PEM file with the certificate's private key, without a passphrase.",
  }),
  token: one(token, null, {
    group: 'Who may use it',
    help:
      'Token that clients must send. Everyone on this machine can read it in the process list: prefer ' +
      '--token-file or the environment.',
    secret: true,
  }),
  tokenFile: one(filePath('FILE'), null, {
    group: 'Who may use it',
    help: "Reads the token from a file's first line.",
  }),
  userCheck: one(checkUrl, defaultOptions.userCheckUrl, {
    group: 'Who may use it',
    help: 'Address that is asked, by POST, whether a user may use this runner.',
  }),
  allowOrigin: many(webOrigin, defaultOptions.allowedOrigins, {
    group: 'Who may use it',
    help: 'Web page origin that may connect, as in https://example.org. Programs need no entry.',
  }),
  maxConnectionsPerAddress: one(wholeNumber(0, 100_000), defaultOptions.maxConnectionsPerAddress, {
    group: 'Who may use it',
    help: 'Connections open at the same time from one address; 0 for any number.',
  }),
  slots: one(wholeNumber(1, 10_000), defaultOptions.slots, {
    group: 'Sessions',
    help: 'Sessions at the same time. A client takes a slot when it connects.',
  }),
  grace: one(seconds(0, 3600), defaultOptions.graceMs, {
    group: 'Sessions',
    help: 'For how long a session outlives a broken connection, so that its client can come back; 0 ends it at once.',
  }),
  maxDuration: one(seconds(0, 30 * dayS), defaultOptions.maxDurationMs ?? 0, {
    group: 'Sessions',
    help: 'For how long a session may last; 0 for as long as it likes. Its client is warned 60 s before.',
    shownDefault: '0',
  }),
  models: many(filePath('DIR'), defaultOptions.modelDirs, {
    group: 'Pipelines',
    help: 'Folder with models of your own, a subfolder with model.json each.',
  }),
  provider: one(choice('NAME', providerChoices), defaultOptions.provider, {
    group: 'Pipelines',
    help: `What models run on: ${providerChoices.join(', ')}. auto takes the best that works.`,
  }),
  threads: one(wholeNumber(1, 256), defaultOptions.threads, {
    group: 'Pipelines',
    help: 'Threads within one operator of a model on the CPU, for each session.',
  }),
  workDir: one(filePath('DIR'), defaultOptions.workDir, {
    group: 'Pipelines',
    help: 'Folder in which sessions keep their files while they last.',
    shownDefault: "the system's folder for temporary files",
  }),
  udpPorts: one(portRange, defaultOptions.udpPorts, {
    group: 'Media',
    help: 'UDP ports for media, for a firewall to let in: count 8 for each slot. Any port by default.',
  }),
  iceServers: many(iceServer, defaultOptions.iceServers, {
    group: 'Media',
    help:
      'STUN server for runner and clients. TURN servers stand in the config file ("iceServers"), because they ' +
      'have a password. Without any, no third party is asked.',
    flag: 'ice-server',
  }),
  pingInterval: one(seconds(0.05, 300), defaultOptions.pingIntervalMs, {
    group: 'Lost clients',
    help: 'Time between pings to each client.',
  }),
  evictAfter: one(wholeNumber(2, 100), defaultOptions.silentIntervals, {
    group: 'Lost clients',
    help: 'Ping intervals without a sign of life until a client counts as gone.',
  }),
  writeTimeout: one(seconds(0.1, 300), defaultOptions.writeMs, {
    group: 'Lost clients',
    help: "Time that a client's system may take to accept a message.",
  }),
  id: one(runnerId, defaultOptions.id, {
    group: 'Proxy and balancer',
    help: "This runner's name in /r/ID/ws, where the clients of its sessions find it behind a balancer.",
    shownDefault: 'a random one at each start',
  }),
  publicUrl: one(webSocketOrigin, defaultOptions.publicUrl, {
    group: 'Proxy and balancer',
    help: 'Where clients reach this runner or its balancer, as in wss://HOST. They resume at URL/r/ID/ws.',
  }),
  trustProxy: many(ipAddress, defaultOptions.trustedProxies, {
    group: 'Proxy and balancer',
    help: 'Address of a proxy whose X-Forwarded-For is believed.',
  }),
  drainTimeout: one(seconds(0, dayS), defaultOptions.drainMs, {
    group: 'Stopping',
    help: 'Time that clients have to leave once the runner is told to stop.',
  }),
  drainEndpoint: one(webSocketUrl, defaultOptions.drainEndpoint, {
    group: 'Stopping',
    help: 'Where they should go then, as in wss://OTHER/ws; without it, to the address that they know.',
  }),
  config: one(filePath('FILE'), null, {
    group: 'Start and log',
    help: 'JSON file with options.',
    where: 'not in the file',
  }),
  logLevel: one(choice('LEVEL', logLevels), defaultOptions.logLevel, {
    group: 'Start and log',
    help: `${logLevels.join(', ')}. The log goes to standard error, a line of JSON each.`,
  }),
  jsonReady: toggle({
    group: 'Start and log',
    help: 'Prints one line {"url": "ws://…/ws"} to standard output once it listens.',
  }),
  version: toggle({ group: 'Start and log', help: 'Prints the version.', where: 'command line' }),
  help: toggle({ group: 'Start and log', help: 'Prints this.', short: 'h', where: 'command line' }),
} satisfies Record<string, Option<unknown>>;

export type OptionKey = keyof typeof optionTable;

/** A value for each option, defaults included. */
export type OptionValues = {
  [Key in OptionKey]: (typeof optionTable)[Key] extends Option<infer Value> ? Value : never;
};

export const optionKeys = Object.keys(optionTable) as OptionKey[];

export const flagOf = (key: OptionKey): string => optionOf(key).flag ?? dashed(key);

/** The environment variable without the prefix that all have. */
export const variableOf = (key: OptionKey): string => flagOf(key).replaceAll('-', '_').toUpperCase();

export const variablePrefix = 'LINKSPAN_RUNNER_';

/** The entry with its value's type forgotten, for what treats all alike. */
export const optionOf = (key: OptionKey): Option<unknown> => optionTable[key];

function dashed(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
