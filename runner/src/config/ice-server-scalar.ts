import * as v from 'valibot';
import type { IceServer } from '../../../shared/wire/server-messages.ts';
import type { Scalar } from './scalar.ts';

const address = v.pipe(v.string(), v.regex(/^(stuns?|turns?):[^\s/@]+$/));
const entry = v.pipe(
  v.strictObject({
    urls: v.union([address, v.pipe(v.array(address), v.minLength(1))]),
    username: v.optional(v.string()),
    credential: v.optional(v.string()),
  }),
  v.check(({ urls, username, credential }) => {
    const needsLogin = [urls].flat().some((url) => url.startsWith('turn'));
    return !needsLogin || (username !== undefined && credential !== undefined);
  }),
);

/**
 * A STUN server as text; a TURN server in the config file only, because it has a password and a command line can
 * be read by everyone on the machine.
 */
export const iceServer: Scalar<IceServer> = {
  placeholder: 'stun:HOST:PORT',
  give: {
    asText: 'stun:HOST:PORT; a TURN server has a password and belongs into "iceServers" of the config file',
    inFile:
      '{"urls": "stun:HOST:PORT"} or {"urls": "turn:HOST:PORT", "username": "…", "credential": "…"}; ' +
      'the schemes are stun, stuns, turn and turns',
  },
  fromText: (text) => (/^stun:(\[[\da-f:]+\]|[\w.-]+)(:\d{1,5})?$/i.test(text) ? { urls: text } : null),
  fromJson(json) {
    const read = v.safeParse(entry, json);
    return read.success ? read.output : null;
  },
  show: ({ urls }) => [urls].flat().join(' '),
};
