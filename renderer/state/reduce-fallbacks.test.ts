import { describe, expect, it } from 'vitest';
import type { Fallback } from './app-effect.ts';
import { booted, play } from './fixtures/play.ts';

const lab = { name: 'The lab', url: 'wss://lab.example/ws' };
const fallbacks: Fallback[] = [{ ...lab, token: 'secret' }];
const save = { type: 'save-fallbacks' as const, fallbacks };

describe('fallback runners', () => {
  it('are shown as main has taken them, without their tokens', () => {
    const asked = play(booted(), save);
    expect(asked.effects).toEqual([save]);
    expect(asked.state.settings.fallbacks).toEqual([]);
    const { state } = play(booted(), save, { type: 'fallbacks-saved', result: { ok: true, value: [lab] } });
    expect(state).toMatchObject({ settings: { fallbacks: [lab] }, fallbackCheck: { phase: 'none' } });
    expect(JSON.stringify(state)).not.toContain('secret');
  });

  it('stay as they were when main refuses the new list', () => {
    const problem = { kind: 'invalid-endpoint', detail: 'no host' } as const;
    const { state } = play(
      booted({ settings: { ...play(booted()).state.settings, fallbacks: [lab] } }),
      save,
      {
        type: 'fallbacks-saved',
        result: { ok: false, problem },
      },
    );
    expect(state.settings.fallbacks).toEqual([lab]);
    expect(state.fallbackCheck).toEqual({ phase: 'refused', fault: problem });
  });

  it('are changed one step at a time', () => {
    expect(play(booted(), save, { ...save, fallbacks: [] }).effects).toEqual([]);
  });

  it('wait for no answer that will not come', () => {
    const { state } = play(booted(), save, {
      type: 'effect-failed',
      effect: { ...save, fallbacks: [] },
      detail: 'IPC',
    });
    expect(state.fallbackCheck.phase).toBe('refused');
  });
});
