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
        break;
      default:
        message satisfies never;
    }
  };
  const post = openWorldChannel(STANDIN.secret, 'main', receive);
  const bridge = new WorldBridge('m', (message) => post({ kind: 'bridge', message }));
}

function expose(name: string, api: unknown): string | null {
  if (Object.hasOwn(window, name))
    return 'Cannot bind an API on top of an existing property on the window object';
  Object.defineProperty(window, name, { value: freezeDeep(api), enumerable: true });
  return null;
}

/** Only denied windows exist here (see api/window-open.ts), and `open` returns null for those. */
function denyOpenedWindows(): void {
  const original = window.open.bind(window);
  const ownTargets = ['_self', '_top', '_parent'];
  window.open = function open(...args: Parameters<typeof window.open>) {
    const opened = original(...args);
    return ownTargets.includes(args[1] ?? '') ? opened : null;
  };
}

if (window === window.top) {
  denyOpenedWindows();
  start();
}
