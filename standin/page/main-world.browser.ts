import { windowOpenPath, type OpenRequest } from '../wire/open-request.ts';
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
  askBeforeOpening(post);
}

function expose(name: string, api: unknown): string | null {
  if (Object.hasOwn(window, name))
    return 'Cannot bind an API on top of an existing property on the window object';
  Object.defineProperty(window, name, { value: freezeDeep(api), enumerable: true });
  return null;
}

/**
 * `window.open` that would make a window asks main, which decides before the call returns (api/window-open.ts):
 * denied, it returns null, as Electron's does. One that names a frame or window which exists goes where it would.
 */
function askBeforeOpening(post: (message: WorldMessage) => void): void {
  const original = window.open.bind(window);
  const opened = new Map<string, Window>();
  const existing = (name: string): boolean =>
    ['_self', '_top', '_parent'].includes(name) ||
    (name !== '' && (Object.hasOwn(window, name) || opened.get(name)?.closed === false));
  window.open = function open(...args: Parameters<typeof window.open>) {
    const [url = '', frameName = '', features = ''] = args;
    if (existing(frameName)) return original(...args);
    const request = { url: new URL(url, document.baseURI).href, frameName, features };
    if (!mayOpen(request, post)) return null;
    const made = original(...args);
    if (made) opened.set(frameName, made);
    return made;
  };
}

/**
 * Asks by a synchronous request, which Node answers: nothing else lets a script wait for it. Where the page's
 * origin is not one of the app's schemes, or its CSP keeps it from asking, the window is denied.
 */
function mayOpen(request: OpenRequest, post: (message: WorldMessage) => void): boolean {
  try {
    const question = new XMLHttpRequest();
    question.open('POST', `${location.origin}${windowOpenPath}`, false);
    question.send(JSON.stringify(request));
    if (question.status === 200) return question.responseText === 'allow';
  } catch (error) {
    console.debug('stand-in: main could not be asked for a window', error);
  }
  post({ kind: 'open', ...request });
  return false;
}

if (window === window.top) start();
