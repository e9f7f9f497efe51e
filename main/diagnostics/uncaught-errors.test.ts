import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { logUncaughtErrors } from './uncaught-errors.ts';

it('errors that nobody caught are all logged and told once', () => {
  const source = new EventEmitter();
  const logged: string[] = [];
  const told: string[] = [];
  const note = (...parts: unknown[]): void => void logged.push(parts.map(String).join(' '));
  const log = { info: note, warn: note, error: note, file: '/logs/linkspan.log' };
  logUncaughtErrors(source as unknown as NodeJS.Process, log, (notice) => told.push(notice));
  source.emit('uncaughtException', new Error('first'));
  source.emit('unhandledRejection', new Error('second'));
  expect(logged).toEqual(['Uncaught: Error: first', 'Uncaught: Error: second']);
  expect(told).toHaveLength(1);
  expect(told[0]).toContain('/logs/linkspan.log');
});
