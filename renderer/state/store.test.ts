import { expect, it } from 'vitest';
import type { AppEffect } from './app-effect.ts';
import { reduceApp } from './reduce-app.ts';
import { createStore } from './store.ts';

it('runs effects after the listeners know, and takes up their events in order', () => {
  const log: string[] = [];
  const run = (effect: AppEffect, dispatch: (event: { type: 'notice'; text: string }) => void): void => {
    log.push(`effect ${effect.type}`);
    dispatch({ type: 'notice', text: 'from the effect' });
    log.push('effect done');
  };
  const store = createStore(reduceApp, run);
  store.subscribe(() => log.push(`state: ${store.getState().notices.length} notices`));
  store.dispatch({ type: 'theme-chosen', theme: 'dark' });
  expect(log).toEqual(['state: 0 notices', 'effect patch-settings', 'effect done', 'state: 1 notices']);
});

it('is quiet when nothing changes', () => {
  let told = 0;
  const store = createStore(reduceApp, () => {});
  store.subscribe(() => (told += 1));
  store.dispatch({ type: 'stop' });
  expect(told).toBe(0);
});
