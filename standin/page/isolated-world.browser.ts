import { createCodec } from '../wire/codec.ts';
import type { MainMessage, PageMessage, PreloadEnvironment } from '../wire/messages.ts';
import { IpcRenderer } from './ipc-renderer.browser.ts';
import { createProcess, createRequire } from './preload-modules.browser.ts';
import { throwingObject } from './throwing-object.browser.ts';
import { reportWindowState } from './window-state.browser.ts';
import { WorldBridge } from './world-bridge.browser.ts';
import { openWorldChannel, type WorldMessage } from './world-channel.browser.ts';

/**
 * The isolated world of a window: the sandboxed preload environment and the far end of IPC. Runs before
 * any script of the page. `PRELOAD` is a function that holds the app's own preload scripts.
 */
declare const STANDIN: PreloadEnvironment;
declare const PRELOAD: (
  require: (id: string) => unknown,
  module: { exports: object },
  exports: object,
  process: object,
  Buffer: object,
  global: object,
  setImmediate: (callback: (...args: unknown[]) => void, ...args: unknown[]) => unknown,
  clearImmediate: (handle: number) => void,
) => void;

declare global {
  interface Uint8Array {
    toBase64(): string;
  }
  interface Uint8ArrayConstructor {
    fromBase64(text: string): Uint8Array<ArrayBuffer>;
  }
}

const codec = createCodec({
  encode: (bytes) => bytes.toBase64(),
  decode: (text) => Uint8Array.fromBase64(text),
});

/** Chromium's `Runtime.addBinding`: takes one string. */
type Binding = (text: string) => void;

/** Takes the way to Node away from the global object, where the preload script could reach it. */
function takeBinding(): (message: PageMessage) => void {
  const globals = globalThis as unknown as Record<string, Binding | undefined>;
  const binding = globals[STANDIN.binding]!;
  delete globals[STANDIN.binding];
  return (message) => binding(JSON.stringify(message));
}

function start(): void {
  const send = takeBinding();
  const ipcRenderer = new IpcRenderer(send, codec, STANDIN.webContentsId);
  let exposed: { error: string | null } | null = null;

  const post = openWorldChannel(STANDIN.secret, 'isolated', (message: WorldMessage) => {
    switch (message.kind) {
      case 'exposed':
        exposed = message;
        break;
      case 'ask':
        send({ kind: 'permission', id: message.id, ask: message.ask });
        break;
      case 'open':
        send(message);
        break;
      case 'bridge':
        bridge.receive(message.message);
        break;
      case 'answer':
      case 'expose':
        break;
      default:
        message satisfies never;
    }
  });
  const bridge = new WorldBridge('i', (message) => post({ kind: 'bridge', message }));

  const exposeInMainWorld = (name: string, api: unknown): void => {
    exposed = null;
    post({ kind: 'expose', name, api: bridge.carry(api) });
    if (!exposed) throw new Error('contextBridge: the main world did not answer');
    const { error } = exposed as { error: string | null };
    if (error !== null) throw new Error(error);
  };

  Object.defineProperty(globalThis, STANDIN.receiver, {
    value: (text: string) => {
      const message = JSON.parse(text) as MainMessage;
      if (message.kind === 'permission-answer')
        post({ kind: 'answer', id: message.id, answer: message.answer });
      else ipcRenderer.deliver(message);
    },
  });
  reportWindowState(send, STANDIN.headless);
  runPreload(createRequire({ ipcRenderer, exposeInMainWorld, getPathForFile }), send);
}

/** Real Electron knows the path of picked and dropped files only; a page's own `new File` has none. */
function getPathForFile(file: File): string {
  if (!(file instanceof File)) throw new TypeError('getPathForFile: expected a File');
  return '';
}

/** A preload that throws is reported, and the page loads all the same, as in Electron. */
function runPreload(require: (id: string) => unknown, send: (message: PageMessage) => void): void {
  const module = { exports: {} };
  const setImmediate = (callback: (...args: unknown[]) => void, ...args: unknown[]): unknown =>
    setTimeout(callback, 0, ...args);
  try {
    PRELOAD(
      require,
      module,
      module.exports,
      createProcess(STANDIN),
      throwingObject('Buffer (preload)', {}),
      globalThis,
      setImmediate,
      (handle) => clearTimeout(handle),
    );
  } catch (error) {
    console.error(`Unable to load preload script: ${STANDIN.preloadPath}`);
    console.error(error);
    const { message, stack = '' } = error as Error;
    send({ kind: 'preload-error', message, stack });
  }
}

if (window === window.top) start();
