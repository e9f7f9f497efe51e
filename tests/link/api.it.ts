import { describe, expect, it } from 'vitest';
import { VirtualTime } from '../faults/virtual-time.ts';
import type { ApiRequest } from '../../main/link/api-request.ts';
import { capable } from './capable.ts';
import { linkStage } from './link-stage.ts';
import { agreeable, type Answer, type Message, type Script } from './scripted-runner.ts';

const { runnerThat, newLink } = linkStage();

const mine = '/api/v1/mine/';
const isMine = ({ path }: Message): boolean => typeof path === 'string' && path.startsWith(mine);
const answering =
  (answer: Answer): Answer =>
  (message, peer) =>
    (isMine(message) ? answer : agreeable)(message, peer);

/** A live link, and a way to call the API of its runner. */
async function live(script: Partial<Script> = {}) {
  const time = new VirtualTime();
  const runner = await runnerThat({ greet: capable(), answer: answering(() => null), ...script });
  const link = newLink({ clock: time });
  link.start(runner.url);
  await time.pass(1_000);
  const order: string[] = [];
  const call = (method: ApiRequest['method'], name: string, more: Partial<ApiRequest> = {}) =>
    link.host.api({ method, path: mine + name, ...more }).then((outcome) => {
      order.push(name);
      return outcome;
    });
  const asked = (): string[] =>
    runner.peers.flatMap(({ received }, index) =>
      received.filter(isMine).map(({ method, path }) => `${index + 1} ${String(method)} ${String(path)}`),
    );
  return { time, runner, link, call, order, asked };
}

describe('calls of the runner’s API', () => {
  it('A28: go side by side, and each answer and each error to whoever asked', async () => {
    const { time, runner, call, order } = await live();
    const calls = [
      call('GET', 'slow'),
      call('POST', 'bad', { body: { gain: 1 } }),
      call('DELETE', 'gone'),
      call('PATCH', 'quick', { body: [1] }),
    ];
    await time.pass(0);
    const [peer] = runner.peers;
    const idOf = (name: string) => peer!.received.find(({ path }) => path === mine + name)?.request_id;
    peer!.send({ type: 'api_response', request_id: idOf('quick'), status: 204 });
    peer!.send({ type: 'api_response', request_id: idOf('gone'), status: 404, error: 'No such thing' });
    peer!.send({
      type: 'error',
      request_id: idOf('bad'),
      error: 'Bad',
      code: 'TOO_LARGE',
      detail: { at: 1 },
    });
    await time.pass(20_000);
    peer!.send({ type: 'api_response', request_id: idOf('slow'), status: 200, data: { deep: [null] } });
    expect(await Promise.all(calls)).toEqual([
      { ok: true, value: { status: 200, data: { deep: [null] } } },
      { ok: false, problem: { kind: 'refused', error: 'Bad', code: 'TOO_LARGE', detail: '{"at":1}' } },
      { ok: false, problem: { kind: 'status', status: 404, detail: 'No such thing' } },
      { ok: true, value: { status: 204, data: undefined } },
    ]);
    expect(order).toEqual(['quick', 'gone', 'bad', 'slow']);
    const bodies = peer!.received.filter(isMine).map(({ body }) => body);
    expect(bodies).toEqual([undefined, { gain: 1 }, undefined, [1]]);
  });

  it('A51: pass binary answers with their content type, and uploads as they are', async () => {
    const bytes = Buffer.from([0, 255, 127, 10]).toString('base64');
    const data = { _base64_content: bytes, _content_type: 'image/png', _content_length: 4 };
    const { runner, call } = await live({
      answer: answering(({ body }) => ({ type: 'api_response', status: 200, data: body ?? data })),
    });
    expect(await call('GET', 'still')).toEqual({ ok: true, value: { status: 200, data } });
    const upload = { _base64_content: bytes, _content_type: 'application/octet-stream' };
    expect(await call('POST', 'asset', { body: upload })).toMatchObject({ value: { data: upload } });
    expect(runner.peers[0]!.received.findLast(isMine)).toMatchObject({ body: upload });
  });

  it('A28: are told of a loss before anything else is done about it', async () => {
    const { time, runner, link, call, order } = await live();
    const calls = ['a', 'b', 'c'].map((name) => call('POST', name));
    await time.pass(0);
    const arrivals = runner.peers.length;
    runner.peers[0]!.socket.terminate();
    await link.phase('recovering');
    // Still in the tick of the loss: no timer has fired and nothing was read or written since.
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    expect(order).toEqual(['a', 'b', 'c']);
    expect(runner.peers).toHaveLength(arrivals);
    const lost = { ok: false, problem: { kind: 'lost' } };
    expect(await Promise.all(calls)).toEqual([lost, lost, lost]);
  });

  it('A28: are repeated after recovery if they may be, and told of the loss if not', async () => {
    const { time, runner, call, asked } = await live({
      answer: answering((_, peer) =>
        runner.peers.indexOf(peer) === 0 ? null : { type: 'api_response', status: 200, data: 'second' },
      ),
    });
    const calls = [call('GET', 'a'), call('DELETE', 'b'), call('POST', 'c'), call('PATCH', 'd')];
    await time.pass(1_000);
    runner.peers[0]!.socket.terminate();
    await time.pass(1_000);
    const again = { ok: true, value: { status: 200, data: 'second' } };
    const lost = { ok: false, problem: { kind: 'lost' } };
    expect(await Promise.all(calls)).toEqual([again, again, lost, lost]);
    expect(asked().filter((line) => line.startsWith('2'))).toEqual([`2 GET ${mine}a`, `2 DELETE ${mine}b`]);
  });

  it('A28: wait across an outage for no longer than their caller would', async () => {
    let away = false;
    const kind = capable();
    const { time, runner, link, call, order, asked } = await live({
      greet: (peer) => (away ? peer.socket.close(1013) : kind(peer)),
    });
    const calls = [call('GET', 'short', { timeoutMs: 2_000 }), call('GET', 'long', { timeoutMs: 60_000 })];
    await time.pass(1_000);
    away = true;
    runner.peers[0]!.socket.terminate();
    await time.pass(900);
    expect(order).toEqual([]);
    await time.pass(200);
    expect(await calls[0]).toEqual({ ok: false, problem: { kind: 'timeout', ms: 2_000 } });
    away = false;
    await time.pass(10_000);
    expect(link.host.status().state.phase).toBe('live');
    expect(asked().at(-1)).toMatch(/^\d GET .*long$/);
    await time.pass(60_000);
    expect(await calls[1]).toEqual({ ok: false, problem: { kind: 'timeout', ms: 60_000 } });
  });

  it('are refused as offline while idle, also those that waited when the link is stopped', async () => {
    let away = false;
    const kind = capable();
    const { time, runner, link, call } = await live({
      greet: (peer) => (away ? peer.socket.close(1013) : kind(peer)),
    });
    away = true;
    const waiting = call('GET', 'a');
    await time.pass(0);
    runner.peers[0]!.socket.terminate();
    await time.pass(500);
    expect(link.host.status().state).toMatchObject({ phase: 'recovering', stage: null });
    await link.host.stop();
    const offline = { ok: false, problem: { kind: 'offline' } };
    expect(await waiting).toEqual(offline);
    expect(await call('GET', 'b')).toEqual(offline);
    expect(await newLink().host.api({ method: 'GET', path: '/api/v1/x' })).toEqual(offline);
  });
});
