import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { presentFault } from '../../shared/link/present-fault.ts';
import { PlainRig } from '../relay/plain-rig.ts';
import { LinkUnderTest } from './link-under-test.ts';
import { openSockets, untilOpenSockets } from './open-sockets.ts';
import { agreeable, ScriptedRunner, type Message } from './scripted-runner.ts';

let rig: PlainRig;
let runner: ScriptedRunner;
let link: LinkUnderTest<PlainRig['relay']>;
let respond: (offer: Message) => Record<string, unknown>;

beforeEach(async () => {
  rig = new PlainRig();
  await rig.attachPage();
  runner = await ScriptedRunner.listen({
    answer: (message, peer) => (message.type === 'offer' ? respond(message) : agreeable(message, peer)),
  });
  link = new LinkUnderTest(rig.relay);
});
afterEach(async () => {
  await link.host.dispose();
  await rig.close();
  await runner.close();
  await untilOpenSockets(0);
});

const answer = (sdp: unknown): Record<string, unknown> => ({ type: 'answer', sdp, sessionId: 's1' });
const unreadable = { title: /makes no sense/, advice: /different versions/ };
const refused = { title: /refused the video/, advice: /./ };

/** As an answer would be, but for what `damage` does to the offer. */
const damaged =
  (damage: (sdp: string) => string) =>
  ({ sdp }: Message): Record<string, unknown> =>
    answer(damage(String(sdp).replaceAll('a=setup:actpass', 'a=setup:active')));

describe('an answer to the offer', () => {
  it.each<[string, typeof respond, { title: RegExp; advice: RegExp }]>([
    ['that is empty', () => answer(''), unreadable],
    ['that is a web page', () => answer('<!doctype html><title>502 Bad Gateway</title>'), unreadable],
    ['without sections', () => answer('v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n'), unreadable],
    ['without end', () => answer(`v=0\r\n${'a=x\r\n'.repeat(200_000)}`), unreadable],
    ['without a key', damaged((sdp) => sdp.replaceAll(/a=fingerprint.*\r\n/g, '')), unreadable],
    ['without a password', damaged((sdp) => sdp.replaceAll(/a=ice-pwd.*\r\n/g, '')), unreadable],
    ['that is no text', () => answer(5), refused],
    ['without a session', () => ({ type: 'answer', sdp: 'v=0' }), refused],
    ['that is another reply', () => ({ type: 'ice_servers', data: { iceServers: [] } }), refused],
    ['that is an error without words', () => ({ type: 'error', error: '' }), refused],
    ['that is half an error', () => ({ type: 'error' }), refused],
  ])('%s is a clear fault at once, and nothing is left of it', async (_name, given, text) => {
    const before = openSockets();
    respond = given;
    link.start(runner.url);
    const { fault, nextAttemptAt } = await link.phase('failed');
    const { title, advice } = presentFault(fault);
    expect(title).toMatch(text.title);
    expect(advice).toMatch(text.advice);
    expect(nextAttemptAt).not.toBeNull();
    await untilOpenSockets(before);
  });
});

describe('ICE servers', () => {
  it.each<[string, unknown]>([
    ['that are no list', { iceServers: 'stun:example.com' }],
    ['without addresses', { iceServers: [{}] }],
    ['with nonsense for addresses', { iceServers: [{ urls: 'nonsense' }, { urls: ['turn:', ''] }] }],
    ['that are none', { iceServers: [] }],
  ])('%s do not keep the offer from being made', async (_name, data) => {
    respond = () => answer('');
    await runner.close();
    runner = await ScriptedRunner.listen({
      answer(message, peer) {
        if (message.type === 'get_ice_servers') return { type: 'ice_servers', data, status: 200 };
        return message.type === 'offer' ? respond(message) : agreeable(message, peer);
      },
    });
    link.start(runner.url);
    await link.phase('failed');
    expect(runner.peers[0]!.said('offer')).toHaveLength(1);
  });
});
