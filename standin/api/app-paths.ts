import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { runtime } from '../core/runtime.ts';

/** Without asking xdg-user-dirs: English names, the same on each machine. */
const homeFolders: Record<string, string> = {
  desktop: 'Desktop',
  documents: 'Documents',
  downloads: 'Downloads',
  music: 'Music',
  pictures: 'Pictures',
  videos: 'Videos',
};

/** `app.getPath` by the rules of Electron on Linux. */
export class AppPaths {
  readonly #chosen = new Map<string, string>();
  readonly #appName: () => string;

  constructor(appName: () => string) {
    this.#appName = appName;
  }

  /** @throws {Error} For a name that Electron does not know. */
  get(name: string): string {
    return this.#chosen.get(name) ?? this.#standard(name);
  }

  /** @throws {Error} For a relative path or an unknown name, as Electron does. */
  set(name: string, value: string): void {
    if (!path.isAbsolute(value)) throw new Error('Path must be absolute');
    this.#standard(name);
    this.#chosen.set(name, value);
  }

  /** Where Electron puts it unless the app chose. */
  #standard(name: string): string {
    const folder = homeFolders[name];
    if (folder) return path.join(homedir(), folder);
    switch (name) {
      case 'home':
        return homedir();
      case 'appData':
        return process.env.XDG_CONFIG_HOME || path.join(homedir(), '.config');
      case 'userData':
        return runtime().switches.get('user-data-dir') || path.join(this.get('appData'), this.#appName());
      case 'sessionData':
        return this.get('userData');
      case 'logs':
        return path.join(this.get('userData'), 'logs');
      case 'crashDumps':
        return path.join(this.get('userData'), 'Crashpad');
      case 'temp':
        return tmpdir();
      case 'exe':
      case 'module':
        return runtime().executable;
      default:
        throw new Error(`Failed to get '${name}' path`);
    }
  }
}
