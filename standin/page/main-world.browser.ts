import { installPermissionGate } from './permission-gate.browser.ts';
import { WorldBridge } from './world-bridge.browser.ts';
import { openWorldChannel, type WorldMessage } from './world-channel.browser.ts';

/**
 * Main-world half of contextBridge and of the permission gate. Runs before any script of the page, in the
 * top frame only, and leaves no global behind.
 */
declare const STANDIN: { secret: string };

function freezeDeep<Value>(value: Value): Value {
  if (value === null || typeof value !== 'object' || Object.isFrozen(value) || ArrayBuffer.isView(value))
    return value;
  Object.freeze(value);
  for (const item of Object.values(value)) freezeDeep(item);
  return value;
}

function start(): void {
  const gate = installPermissionGate((id, ask) => post({ kind: 'ask', id, ask }));
  const receive = (message: WorldMessage): void => {
    switch (message.kind) {
      case 'expose':
        post({ kind: 'exposed', error: expose(message.name, bridge.restore(message.api)) });
        break;
      case 'bridge':
        bridge.receive(message.message);
        break;
      case 'answer':
        gate(message.id, message.answer);
        break;
      case 'ask':
      case 'exposed':
      case 'open':
        break;
      default:
        message satisfies never;
    }
  };
  const post = openWorldChannel(STANDIN.secret, 'main', receive);
  const bridge = new WorldBridge('m', (message) => post({ kind: 'bridge', message }));
  denyOpenedWindows(post);
}

function expose(name: string, api: unknown): string | null {
  if (Object.hasOwn(window, name))
    return 'Cannot bind an API on top of an existing property on the window object';
  Object.defineProperty(window, name, { value: freezeDeep(api), enumerable: true });
  return null;
}

/**
 * `window.open` that would make a window asks main, which only ever denies (api/window-open.ts), and returns
 * null, as Electron's does then. One that names a frame which exists goes where it would.
 */
function denyOpenedWindows(post: (message: WorldMessage) => void): void {
  const original = window.open.bind(window);
  const existing = (name: string): boolean =>
    ['_self', '_top', '_parent'].includes(name) || (name !== '' && Object.hasOwn(window, name));
  window.open = function open(...args: Parameters<typeof window.open>) {
    const [url = '', frameName = '', features = ''] = args;
    if (existing(frameName)) return original(...args);
    post({ kind: 'open', url: new URL(url, document.baseURI).href, frameName, features });
    return null;
  };
}

if (window === window.top) start();
