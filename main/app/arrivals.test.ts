import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { followPower } from './power-events.ts';
import { listenForArrivals } from './single-instance.ts';

function setUp() {
  const app = new EventEmitter();
  const happened: string[] = [];
  listenForArrivals(app, {
    showWindow: () => void happened.push('show'),
    deepLink: (link) => void happened.push(link),
  });
  return { app, happened };
}

it('a second start shows the window of the first', () => {
  const { app, happened } = setUp();
  app.emit('second-instance', {}, ['/usr/bin/linkspan', '--some-switch'], '/');
  expect(happened).toEqual(['show']);
});

it('S11: a second start hands its link over, and nothing else of its arguments', () => {
  const { app, happened } = setUp();
  const link = 'linkspan://add-endpoint?url=wss://x.example/ws';
  app.emit('second-instance', {}, ['/usr/bin/linkspan', '--inspect', '/etc/passwd', link], '/');
  expect(happened).toEqual(['show', link]);
});

it('macOS hands links over by an event, and a click on the dock shows the window', () => {
  const { app, happened } = setUp();
  let prevented = false;
  app.emit('open-url', { preventDefault: () => (prevented = true) }, 'linkspan://x');
  app.emit('activate');
  expect(happened).toEqual(['show', 'linkspan://x', 'show']);
  expect(prevented).toBe(true);
});

it('a closed window does not end the app', () => {
  expect(setUp().app.listenerCount('window-all-closed')).toBe(1);
});

it('waking up tries again at once when the link waits, and leaves it alone otherwise', () => {
  const retried = (['idle', 'connecting', 'live', 'recovering', 'failed'] as const).filter((phase) => {
    const monitor = new EventEmitter();
    let retries = 0;
    followPower(monitor, { phase: () => phase, retry: () => void (retries += 1), note: () => undefined });
    monitor.emit('suspend');
    monitor.emit('resume');
    return retries === 1;
  });
  expect(retried).toEqual(['recovering', 'failed']);
});
