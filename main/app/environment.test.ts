import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readEnvironment } from './environment.ts';

const offered = { LINKSPAN_ENDPOINT: 'ws://127.0.0.1:4000/ws' };

it('a development build takes the endpoint that npm start offers', () => {
  expect(readEnvironment(offered, false)).toEqual({ offeredEndpoint: 'ws://127.0.0.1:4000/ws' });
  expect(readEnvironment({}, false)).toEqual({ offeredEndpoint: null });
});

it('A58: a packaged build takes nothing from the environment', () => {
  expect(readEnvironment(offered, true)).toEqual({ offeredEndpoint: null });
});

it('A58: no other file of main or preload reads the environment', () => {
  const root = path.join(import.meta.dirname, '../..');
  const files = ['main', 'preload'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => path.join(folder, name)),
  );
  const readers = files.filter((file) => readFileSync(path.join(root, file), 'utf8').includes('process.env'));
  expect(files.length).toBeGreaterThan(20);
  expect(readers).toEqual(['main/index.ts']);
});
