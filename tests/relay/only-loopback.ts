/*
 * Run inside a network namespace that has nothing but `lo`: a page that may enumerate its interfaces, and for which
 * Chromium was told that loopback counts, connects to the relay and gets as far as sending media. Exit code 0 says so.
 */
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createRelay } from '../../main/relay/relay.ts';
import { launchBrowser } from './rig.ts';

const server = createServer((_, response) => {
  response.setHeader('content-type', 'text/html');
  response.end('<!doctype html><title>page</title>');
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;

const browser = await launchBrowser(['--allow-loopback-in-peer-connection']);
const context = await browser.newContext({ permissions: ['camera'] });
const page = await context.newPage();
await page.goto(`http://127.0.0.1:${port}`);
await page.addScriptTag({ path: path.join(import.meta.dirname, 'page-under-test.js') });
const relay = createRelay();
const answer = await relay.attachPage(await page.evaluate<string>('linkspan.offer()'));
await page.evaluate(`linkspan.answer(${JSON.stringify(answer)})`);
await page.waitForFunction("linkspan.state.pc.connectionState === 'connected'");
await relay.dispose();
await browser.close();
server.close();
