import { StrictEmitter } from '../core/strict-emitter.ts';

/** What the app told the desktop; the desktop itself is not touched. Readable through `__standin.desktop`. */
export interface DesktopRequests {
  protocols: Set<string>;
  loginItem: Electron.Settings;
  aboutPanel: Electron.AboutPanelOptionsOptions;
  aboutPanelShown: number;
  appUserModelId: string;
  recentDocuments: string[];
}

type DesktopMembers = Pick<
  Electron.App,
  | 'addRecentDocument'
  | 'getLoginItemSettings'
  | 'isDefaultProtocolClient'
  | 'removeAsDefaultProtocolClient'
  | 'setAboutPanelOptions'
  | 'setAppUserModelId'
  | 'setAsDefaultProtocolClient'
  | 'setLoginItemSettings'
  | 'showAboutPanel'
>;

/** The members of `app` that only tell the desktop something. */
export class AppDesktop extends StrictEmitter implements DesktopMembers {
  readonly desktop: DesktopRequests = {
    protocols: new Set(),
    loginItem: {},
    aboutPanel: {},
    aboutPanelShown: 0,
    appUserModelId: '',
    recentDocuments: [],
  };

  /** @returns True: the desktop is not asked, so nothing can fail. */
  setAsDefaultProtocolClient(protocol: string): boolean {
    this.desktop.protocols.add(protocol);
    return true;
  }

  removeAsDefaultProtocolClient(protocol: string): boolean {
    return this.desktop.protocols.delete(protocol);
  }

  isDefaultProtocolClient(protocol: string): boolean {
    return this.desktop.protocols.has(protocol);
  }

  setLoginItemSettings(settings: Electron.Settings): void {
    this.desktop.loginItem = { ...settings };
  }

  /** What was set last; on Linux real Electron always answers false. */
  getLoginItemSettings(): Electron.LoginItemSettings {
    const openAtLogin = this.desktop.loginItem.openAtLogin ?? false;
    return { openAtLogin } as Electron.LoginItemSettings;
  }

  /** Windows only in real Electron; recorded. */
  setAppUserModelId(id: string): void {
    this.desktop.appUserModelId = id;
  }

  setAboutPanelOptions(options: Electron.AboutPanelOptionsOptions): void {
    this.desktop.aboutPanel = options;
  }

  /** Counts instead of showing. */
  showAboutPanel(): void {
    this.desktop.aboutPanelShown += 1;
  }

  addRecentDocument(file: string): void {
    this.desktop.recentDocuments.push(file);
  }
}
