import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { invokeChannels, type InvokeChannel } from '../../shared/ipc/contract.ts';
import { Door, type Handlers, type Invocable } from './door.ts';
import type { SenderFrame } from './sender.ts';

type Listener = Parameters<Invocable['handle']>[1];

const channels = Object.keys(invokeChannels) as InvokeChannel[];
const ourFrame: SenderFrame = { origin: 'app://bundle', parent: null };

/** A door whose handlers record what reaches them. */
function openDoor(behave: (request: unknown) => unknown = () => null) {
  const listeners = new Map<string, Listener>();
  const reached: { channel: string; request: unknown }[] = [];
  const logged: string[] = [];
  const note = (...parts: unknown[]): void => void logged.push(parts.map(String).join(' '));
  const log = { info: note, warn: note, error: note, file: '' };
  const door = new Door({ handle: (channel, listener) => void listeners.set(channel, listener) }, log);
  const handlers = Object.fromEntries(
    channels.map((channel) => [
      channel,
      (request: unknown) => {
        reached.push({ channel, request });
        return behave(request);
      },
    ]),
  ) as unknown as Handlers;
  door.answerAll(handlers);
  const call = (channel: string, frame: SenderFrame | null, ...args: unknown[]): Promise<unknown> => {
    const listener = listeners.get(channel);
    if (listener === undefined) throw new Error(`nobody answers ${channel}`);
    return listener({ senderFrame: frame }, ...args);
  };
  return { call, reached, logged, listeners };
}

describe('S7: the door', () => {
  it('answers every channel of the contract and no other', () => {
    expect([...openDoor().listeners.keys()].toSorted()).toEqual(channels.toSorted());
  });

  it('lets our own page in', async () => {
    const { call } = openDoor((request) => request);
    const patch = { theme: 'dark', streaming: false };
    expect(await call('settings:patch', ourFrame, patch)).toEqual(patch);
    expect(await call('app:info', ourFrame)).toBeUndefined();
  });

  it.each<[string, SenderFrame | null]>([
    ['a frame that is gone', null],
    ['a frame inside our page', { origin: 'app://bundle', parent: { origin: 'app://bundle' } }],
    ['another host of our scheme', { origin: 'app://other', parent: null }],
    ['a host that begins like ours', { origin: 'app://bundle.example', parent: null }],
    ['a website', { origin: 'https://bundle', parent: null }],
    ['an opaque origin', { origin: 'null', parent: null }],
    ['an empty origin', { origin: '', parent: null }],
  ])('refuses %s, on every channel', async (_who, frame) => {
    const { call, reached } = openDoor();
    for (const channel of channels) await expect(call(channel, frame)).rejects.toThrow('Linkspan could not');
    expect(reached).toEqual([]);
  });

  it.each<[string, unknown[]]>([
    ['an unknown key', [{ theme: 'dark', extra: 1 }]],
    ['an unknown key further in', [{ source: { kind: 'pattern', extra: 1 } }]],
    ['a value of the wrong type', [{ streaming: 'yes' }]],
    ['a second argument', [{ theme: 'dark' }, { theme: 'dark' }]],
    ['no argument', []],
    ['a text beyond its size', [{ source: { kind: 'file', path: 'x'.repeat(5_000), name: 'x' } }]],
  ])('refuses %s', async (_what, args) => {
    const { call, reached } = openDoor();
    await expect(call('settings:patch', ourFrame, ...args)).rejects.toThrow('Linkspan could not');
    expect(reached).toEqual([]);
  });

  it('bounds what a token, an offer, parameters and log lines may weigh', async () => {
    const { call, reached } = openDoor();
    const big = 'x'.repeat(300_000);
    const many = Object.fromEntries(Array.from({ length: 129 }, (_, index) => [`p${index}`, 0]));
    await expect(call('endpoint:test', ourFrame, { url: 'wss://x', token: big })).rejects.toThrow();
    await expect(call('media:attach', ourFrame, { sdp: big })).rejects.toThrow();
    await expect(call('parameters:set', ourFrame, { pipelineId: 'a', values: many })).rejects.toThrow();
    await expect(call('log:write', ourFrame, { level: 'info', text: big })).rejects.toThrow();
    const runner = { name: 'a', url: 'wss://a.example/ws', token: null };
    const ten = Array.from({ length: 10 }, () => runner);
    await expect(call('runners:save', ourFrame, { runners: ten })).rejects.toThrow();
    const heavy = [{ ...runner, token: big }];
    await expect(call('runners:save', ourFrame, { runners: heavy })).rejects.toThrow();
    expect(reached).toEqual([]);
  });

  it('tells the window nothing of what went wrong inside, and the log everything', async () => {
    const { call, logged } = openDoor(() => {
      throw new Error('ENOENT: /home/ada/.config/secret');
    });
    const outcome = await call('link:stop', ourFrame).catch((error: unknown) => String(error));
    expect(outcome).toBe('RefusedError: Linkspan could not do this (link:stop); the log says why.');
    expect(logged.join('\n')).toContain('/home/ada/.config/secret');
  });

  it('does not log the value it refused: it may be a token', async () => {
    const { call, logged } = openDoor();
    await expect(call('endpoint:test', ourFrame, { url: 5, token: 's3cr3t-token' })).rejects.toThrow();
    const runner = { name: 'a', url: 'wss://a.example/ws', token: ['s3cr3t'] };
    await expect(call('runners:save', ourFrame, { runners: [runner] })).rejects.toThrow();
    expect(logged.join('\n')).not.toContain('s3cr3t');
  });

  it.each(channels)('fuzz: whatever %s is given, it is refused or fits the schema', async (channel) => {
    const keys = [
      'endpoint',
      'token',
      'url',
      'sdp',
      'pipelineId',
      'parameters',
      'values',
      'id',
      'path',
      'kind',
      'online',
      'fallbacks',
      'name',
    ];
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.anything({ withDate: true, withMap: true, withTypedArray: true, withBigInt: true }),
        fc.dictionary(fc.oneof(fc.constantFrom(...keys), fc.string()), tie('tree'), { maxKeys: 5 }),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(fc.array(tree, { maxLength: 2 }), async (args) => {
        const { call, reached } = openDoor();
        const outcome = await call(channel, ourFrame, ...args).then(
          () => 'answered',
          (error: unknown) => (error instanceof Error ? error.name : 'something else'),
        );
        expect(outcome).toBe(reached.length === 1 ? 'answered' : 'RefusedError');
        const takesNothing = invokeChannels[channel].request.type === 'undefined';
        if (takesNothing) expect(reached.every(({ request }) => request === undefined)).toBe(true);
        else expect(reached.every(({ request }) => typeof request === 'object')).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});
