import type { PreloadEnvironment } from '../wire/messages.ts';
import type { IpcRenderer } from './ipc-renderer.browser.ts';
import { PreloadEmitter } from './preload-emitter.browser.ts';
import { throwingObject } from './throwing-object.browser.ts';

interface Parts {
  ipcRenderer: IpcRenderer;
  exposeInMainWorld: (name: string, api: unknown) => void;
  getPathForFile: (file: File) => string;
}

/**
 * `require` of a sandboxed preload script: electron, events, timers and url, as in real Electron, and
 * nothing of Node.
 */
export function createRequire({
  ipcRenderer,
  exposeInMainWorld,
  getPathForFile,
}: Parts): (id: string) => unknown {
  const electron = throwingObject('electron (preload)', {
    ipcRenderer: throwingObject('ipcRenderer', ipcRenderer),
    contextBridge: throwingObject('contextBridge', { exposeInMainWorld }),
    webUtils: throwingObject('webUtils', { getPathForFile }),
  });
  const timers = {
    setTimeout: setTimeout.bind(window),
    clearTimeout: clearTimeout.bind(window),
    setInterval: setInterval.bind(window),
    clearInterval: clearInterval.bind(window),
  };
  const modules: Record<string, unknown> = {
    electron,
    'electron/renderer': electron,
    'electron/common': electron,
    events: Object.assign(PreloadEmitter, { EventEmitter: PreloadEmitter }),
    timers,
    url: { URL, URLSearchParams },
  };
  return (id) => {
    const name = id.replace(/^node:/, '');
    if (!Object.hasOwn(modules, name)) throw new Error(`module not found: ${id}`);
    return modules[name];
  };
}

/** The subset of `process` that real Electron gives to sandboxed preload scripts. */
export function createProcess(environment: PreloadEnvironment): object {
  return throwingObject('process (preload)', {
    type: 'renderer',
    sandboxed: true,
    contextIsolated: true,
    isMainFrame: true,
    platform: environment.platform,
    arch: environment.arch,
    pid: environment.pid,
    version: environment.nodeVersion,
    versions: Object.freeze({ ...environment.versions }),
    env: Object.freeze({ ...environment.env }),
    argv: [...environment.argv],
    uptime: () => performance.now() / 1000,
    mas: undefined,
    windowsStore: undefined,
  });
}
