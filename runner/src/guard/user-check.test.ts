import { afterEach, describe, expect, it, vi } from 'vitest';
import { checkUser, type UserQuestion } from './user-check.ts';

const url = 'http://127.0.0.1:9/check';
const question: UserQuestion = { user_id: 'ada', connection_id: 'c1', address: '203.0.113.5' };

afterEach(() => vi.unstubAllGlobals());

/** Puts an answer, or a failure, in the place of the network. */
function answerWith(answer: Response | Error): { asked: [unknown, RequestInit | undefined][] } {
  const asked: [unknown, RequestInit | undefined][] = [];
  vi.stubGlobal('fetch', (input: unknown, init?: RequestInit) => {
    asked.push([input, init]);
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  });
  return { asked };
}

async function check(): Promise<{ admission: string; problems: unknown[] }> {
  const problems: unknown[] = [];
  const admission = await checkUser(url, question, (problem) => problems.push(problem));
  return { admission, problems };
}

describe('A47: the operator’s service', () => {
  it('is told who asks, as JSON, and is not followed elsewhere', async () => {
    const { asked } = answerWith(new Response(null, { status: 204 }));
    await check();
    const [[target, init] = []] = asked;
    expect(target).toBe(url);
    expect(init).toMatchObject({
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      redirect: 'error',
    });
    expect(JSON.parse(init?.body as string)).toEqual(question);
    expect(init?.signal).toBeInstanceOf(AbortSignal);
  });

  it.each([
    [200, 'admitted'],
    [204, 'admitted'],
    [401, 'denied'],
    [403, 'denied'],
    [404, 'denied'],
  ])('decides with %i: %s, and there is nothing to report', async (status, admission) => {
    answerWith(new Response(null, { status }));
    expect(await check()).toEqual({ admission, problems: [] });
  });

  it.each([400, 408, 418, 429, 500, 502, 503])(
    'leaves it open with %i, which is reported',
    async (status) => {
      answerWith(new Response(null, { status }));
      const { admission, problems } = await check();
      expect(admission).toBe('unavailable');
      expect(String(problems[0])).toContain(String(status));
    },
  );

  it('leaves it open when it cannot be reached', async () => {
    answerWith(new TypeError('fetch failed'));
    const { admission, problems } = await check();
    expect(admission).toBe('unavailable');
    expect(problems).toEqual([new TypeError('fetch failed')]);
  });

  it('reads nothing of what it answers beyond the status', async () => {
    const cancelled: unknown[] = [];
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(1024)),
      cancel: (reason) => void cancelled.push(reason),
    });
    answerWith(new Response(body));
    expect((await check()).admission).toBe('admitted');
    expect(cancelled).toHaveLength(1);
  });
});
