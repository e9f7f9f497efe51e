import { EventEmitter } from 'node:events';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import type { Arrival } from './arrival.ts';
import { listenForArrivals } from './single-instance.ts';

function setUp() {
  const app = new EventEmitter();
  const happened: ('show' | Arrival)[] = [];
  listenForArrivals(app, {
    showWindow: () => void happened.push('show'),
    receive: (arrival) => void happened.push(arrival),
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
  expect(happened).toEqual(['show', { kind: 'link', link }]);
});

it('S11: a second start hands its file over, found from its own working directory', () => {
  const { app, happened } = setUp();
  app.emit('second-instance', {}, ['/usr/bin/linkspan', 'lab.linkspan'], path.resolve('/home/ada'));
  expect(happened).toEqual(['show', { kind: 'file', path: path.resolve('/home/ada/lab.linkspan') }]);
});

it('macOS hands links and files over by events, and a click on the dock shows the window', () => {
  const { app, happened } = setUp();
  const preventDefault = vi.fn();
  app.emit('open-url', { preventDefault }, 'linkspan://x');
  app.emit('open-file', { preventDefault }, '/home/ada/lab.linkspan');
  app.emit('activate');
  expect(happened).toEqual([
    'show',
    { kind: 'link', link: 'linkspan://x' },
    'show',
    { kind: 'file', path: '/home/ada/lab.linkspan' },
    'show',
  ]);
  expect(preventDefault).toHaveBeenCalledTimes(2);
});

it('a closed window does not end the app', () => {
  expect(setUp().app.listenerCount('window-all-closed')).toBe(1);
});
