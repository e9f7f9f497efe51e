import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Lifecycle } from './lifecycle.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Electron's order of things: `before-quit`, and if nobody objects, the end. */
class FakeApp extends EventEmitter {
  ended = false;

  quit(): void {
    let prevented = false;
    this.emit('before-quit', { preventDefault: () => (prevented = true) });
    if (!prevented) this.ended = true;
  }
}

function setUp(shutDown: () => Promise<void>) {
  const app = new FakeApp();
  const errors: unknown[] = [];
  const lifecycle = new Lifecycle({
    app,
    shutDown,
    shutDownMaxMs: 2_000,
    onError: (error) => errors.push(error),
  });
  return { app, lifecycle, errors };
}

describe('the life of the app', () => {
  it('closing hides while it runs, and closes once it quits', async () => {
    const { app, lifecycle } = setUp(() => Promise.resolve());
    expect(lifecycle.onClose()).toBe('hide');
    app.quit();
    expect(lifecycle.onClose()).toBe('close');
    await vi.runAllTimersAsync();
    expect(app.ended).toBe(true);
  });

  it('quitting waits until everything is put away, once', async () => {
    let putAway = (): void => undefined;
    const shutDown = vi.fn(() => new Promise<void>((resolve) => (putAway = resolve)));
    const { app } = setUp(shutDown);
    app.quit();
    app.quit();
    expect(app.ended).toBe(false);
    putAway();
    await vi.advanceTimersByTimeAsync(0);
    expect(app.ended).toBe(true);
    expect(shutDown).toHaveBeenCalledOnce();
  });

  it('quitting does not wait for ever, and a failure does not keep the app alive', async () => {
    const hanging = setUp(() => new Promise<void>(() => undefined));
    hanging.app.quit();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(hanging.app.ended).toBe(true);
    const failing = setUp(() => Promise.reject(new Error('disk full')));
    failing.app.quit();
    await vi.advanceTimersByTimeAsync(0);
    expect(failing.app.ended).toBe(true);
    expect(failing.errors).toHaveLength(1);
  });
});
