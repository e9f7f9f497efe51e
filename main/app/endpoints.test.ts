import { describe, expect, it } from 'vitest';
import type { LinkTarget } from '../link/host.ts';
import { idle, lab, setUp } from './fixtures/link-service.ts';

describe('the endpoint in force', () => {
  it('is the offered one until the user chooses, and again when the choice is forgotten', async () => {
    const { link } = setUp('ws://127.0.0.1:4000/ws');
    expect(link.endpoint()).toMatchObject({ url: 'ws://127.0.0.1:4000/ws', offered: true });
    await link.saveEndpoint({ endpoint: lab, token: null });
    expect(link.endpoint()).toEqual({ ...lab, hasToken: false, offered: false });
    await link.saveEndpoint({ endpoint: null, token: null });
    expect(link.endpoint()).toMatchObject({ offered: true });
  });

  it.each([
    'ws://gpu.example/ws',
    'https://user:pass@gpu.example/',
    'ftp://gpu.example/',
    'wss://x/?token=abc',
    '',
  ])('S1: settings refuse %s, and keep what was chosen before', async (url) => {
    const { link, settings, tested } = setUp();
    await link.saveEndpoint({ endpoint: lab, token: null });
    const refused = await link.saveEndpoint({ endpoint: { name: 'Bad', url }, token: 'secret' });
    expect(refused).toMatchObject({ ok: false, problem: { kind: 'invalid-endpoint' } });
    expect(settings.user().endpoint).toEqual(lab);
    expect(await link.testEndpoint({ url, token: null })).toMatchObject({ ok: false });
    expect(tested).toEqual([]);
  });

  it('S10: is not saved when the user refuses what saving its token would mean', async () => {
    const { link, settings } = setUp(null, 'cancel');
    expect(await link.saveEndpoint({ endpoint: lab, token: 'secret' })).toMatchObject({ ok: false });
    expect(settings.user().endpoint).toBeNull();
  });

  it('S10: the settings never hold its token, and neither does what the window is told', async () => {
    const { link, settings, started } = setUp(null, 'store');
    await link.saveEndpoint({ endpoint: lab, token: 'top-secret' });
    link.start({ pipelineId: 'sketch', parameters: {} });
    expect(started[0]?.token).toBe('top-secret');
    const shown = JSON.stringify([settings.user(), settings.allParameters(), link.endpoint(), link.status()]);
    expect(shown).not.toContain('top-secret');
    expect(link.endpoint()?.hasToken).toBe(true);
  });

  it('keeps its token, takes a new one, or loses it', async () => {
    const { link, tested } = setUp(null, 'store');
    for (const token of ['first', null, 'second', '']) {
      await link.saveEndpoint({ endpoint: lab, token });
      await link.testEndpoint({ url: lab.url, token: null });
    }
    expect(tested.map(([, token]) => token)).toEqual(['first', 'first', 'second', null]);
  });

  it('S11: one that a link proposed and the user took is told to the window, and a running link moves', async () => {
    const { link, told, started, emit } = setUp('ws://127.0.0.1:4000/ws');
    link.start({ pipelineId: 'sketch', parameters: { strength: 0.5 } });
    const live = { phase: 'live', since: 1, loading: null } as const;
    emit({ type: 'status', status: { ...idle, state: live, pipelineId: 'sketch' } });
    await link.adoptEndpoint(lab);
    expect(told.at(-1)).toEqual(['endpoint:changed', { ...lab, hasToken: false, offered: false }]);
    expect(started.at(-1)).toMatchObject({
      url: lab.url,
      pipelineId: 'sketch',
      parameters: { strength: 0.5 },
    });
  });
});

describe('runners to fall back to', () => {
  const spare = { name: 'Spare', url: 'wss://spare.example/ws' };
  const attic = { name: 'Attic', url: 'wss://attic.example/ws' };
  const places = (started: LinkTarget[]) => started.at(-1)?.fallbacks;

  it('are handed to the link in their order, with their tokens', async () => {
    const { link, started, settings } = setUp('ws://127.0.0.1:4000/ws', 'store');
    const saved = await link.saveFallbacks({
      fallbacks: [
        { name: 'Spare', url: 'spare.example', token: 'spare-token' },
        { ...attic, token: null },
        { name: 'Again', url: spare.url, token: null },
      ],
    });
    expect(saved).toEqual({ ok: true, value: [spare, attic] });
    link.start({ pipelineId: 'sketch', parameters: {} });
    expect(places(started)).toEqual([
      { ...spare, token: 'spare-token' },
      { ...attic, token: null },
    ]);
    expect(JSON.stringify(settings.user())).not.toContain('spare-token');
  });

  it('are refused as a whole when one cannot be used', async () => {
    const { link, settings, secrets } = setUp(null, 'store');
    await link.saveFallbacks({ fallbacks: [{ ...spare, token: 'first' }] });
    const refused = await link.saveFallbacks({
      fallbacks: [
        { ...spare, token: 'second' },
        { name: 'Bad', url: 'ws://gpu.example/ws', token: null },
      ],
    });
    expect(refused).toMatchObject({ ok: false, problem: { kind: 'invalid-endpoint' } });
    expect(settings.user().fallbacks).toEqual([spare]);
    expect(secrets.tokenFor(spare.url)).toBe('first');
  });

  it('S10: change nothing when the user refuses what saving a token would mean', async () => {
    const { link, settings } = setUp(null, 'cancel');
    const refused = await link.saveFallbacks({ fallbacks: [{ ...spare, token: 'secret' }] });
    expect(refused).toMatchObject({ ok: false });
    expect(settings.user().fallbacks).toEqual([]);
  });

  it('S10: take their tokens along when they go, unless the endpoint is on the same server', async () => {
    const { link, secrets } = setUp(null, 'store');
    await link.saveEndpoint({ endpoint: lab, token: 'lab-token' });
    const onLab = { name: 'Lab too', url: 'wss://gpu.example/other' };
    await link.saveFallbacks({
      fallbacks: [
        { ...spare, token: 'one' },
        { ...attic, token: 'two' },
        { ...onLab, token: null },
      ],
    });
    await link.saveFallbacks({ fallbacks: [{ ...attic, token: null }] });
    expect([spare, attic, lab].map(({ url }) => secrets.tokenFor(url))).toEqual([null, 'two', 'lab-token']);
    await link.saveFallbacks({ fallbacks: [{ ...attic, token: '' }] });
    expect(secrets.tokenFor(attic.url)).toBeNull();
  });

  it('never lead back to the endpoint in force', async () => {
    const { link, started } = setUp();
    await link.saveEndpoint({ endpoint: lab, token: null });
    await link.saveFallbacks({ fallbacks: [lab, spare].map((choice) => ({ ...choice, token: null })) });
    link.start({ pipelineId: 'sketch', parameters: {} });
    expect(places(started)).toEqual([{ ...spare, token: null }]);
  });

  it('are known at once to a link that runs, and start none that does not', async () => {
    const { link, started, emit } = setUp('ws://127.0.0.1:4000/ws');
    await link.saveFallbacks({ fallbacks: [{ ...spare, token: null }] });
    expect(started).toEqual([]);
    link.start({ pipelineId: 'sketch', parameters: { strength: 0.5 } });
    emit({
      type: 'status',
      status: { ...idle, state: { phase: 'live', since: 1, loading: 'sketch' }, pipelineId: 'thermal' },
    });
    await link.saveFallbacks({ fallbacks: [{ ...attic, token: null }] });
    expect(started).toHaveLength(2);
    expect(started[1]).toMatchObject({ pipelineId: 'sketch', parameters: { strength: 0.5 } });
    expect(places(started)).toEqual([{ ...attic, token: null }]);
    await link.stop();
    await link.saveFallbacks({ fallbacks: [] });
    expect(started).toHaveLength(2);
  });
});
