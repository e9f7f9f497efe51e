import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { appOrigin } from './app-origin.ts';
import { contentSecurityPolicy } from './response-headers.ts';
import { UserModelFiles } from './user-models.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'linkspan-user-models-'));
  file = path.join(folder, 'model.onnx');
  writeFileSync(file, 'weights');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const get = (files: UserModelFiles, pathname: string, method = 'GET'): Promise<Response> =>
  files.serve(new Request(appOrigin + pathname, { method }));

it('serves a model that main has named, by an address that says nothing of where it lies', async () => {
  const files = new UserModelFiles();
  const url = files.allow(file);
  expect(url).toMatch(/^\/user-models\/[0-9a-f-]{36}\/model\.onnx$/);
  expect(files.allow(file)).toBe(url);
  const response = await get(files, url);
  expect(await response.text()).toBe('weights');
  expect(response.headers.get('Content-Type')).toBe('application/octet-stream');
  expect(response.headers.get('Content-Length')).toBe('7');
  expect(response.headers.get('Content-Security-Policy')).toBe(contentSecurityPolicy);
  expect(response.headers.get('Cross-Origin-Resource-Policy')).toBe('same-origin');
});

it('S8: serves nothing else', async () => {
  const files = new UserModelFiles();
  const url = files.allow(file);
  const id = url.split('/')[2]!;
  for (const other of [
    `/user-models/${id}`,
    `/user-models/${id}/other.onnx`,
    `/user-models/${id}/../${id}/x`,
    `/user-models/%2e%2e/model.onnx`,
    `/user-models/${file}/model.onnx`,
    '/user-models//model.onnx',
    '/user-models/model.onnx',
  ])
    expect((await get(files, other)).status, other).toBe(404);
  expect((await get(files, url, 'POST')).status).toBe(404);
  files.forbid(file);
  expect((await get(files, url)).status).toBe(404);
});

it('S8: serves no link that was put in the place of a model', async () => {
  const files = new UserModelFiles();
  const secret = mkdtempSync(path.join(os.tmpdir(), 'linkspan-secret-'));
  writeFileSync(path.join(secret, 'model.onnx'), 'secret');
  const url = files.allow(file);
  rmSync(file);
  symlinkSync(path.join(secret, 'model.onnx'), file);
  expect((await get(files, url)).status).toBe(404);
  rmSync(file);
  expect((await get(files, url)).status).toBe(404);
  // Nor one in the place of its folder.
  rmSync(folder, { recursive: true });
  symlinkSync(secret, folder);
  expect((await get(files, url)).status).toBe(404);
  rmSync(folder);
  rmSync(secret, { recursive: true });
});
