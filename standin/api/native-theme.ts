import { debugLog, messageOf } from '../core/log.ts';
import { StrictEmitter } from '../core/strict-emitter.ts';
import { liveContents } from '../window/live-windows.ts';

type ThemeSource = 'system' | 'light' | 'dark';
type ThemeMembers = Pick<
  Electron.NativeTheme,
  | 'shouldUseDarkColors'
  | 'shouldUseHighContrastColors'
  | 'themeSource'
  | 'prefersReducedTransparency'
  | 'inForcedColorsMode'
  | 'shouldUseInvertedColorScheme'
>;

/** The system theme is light unless a test says otherwise; pages follow `themeSource` as in Electron. */
class NativeTheme extends StrictEmitter implements ThemeMembers {
  static override readonly events = ['updated'];

  readonly shouldUseHighContrastColors = false;
  readonly shouldUseInvertedColorScheme = false;
  readonly inForcedColorsMode = false;
  readonly prefersReducedTransparency = false;
  #source: ThemeSource = 'system';
  #systemIsDark = false;

  get themeSource(): ThemeSource {
    return this.#source;
  }

  /** Emits `updated` when it changes, as Electron does. */
  set themeSource(source: ThemeSource) {
    if (source === this.#source) return;
    this.#source = source;
    this.#update();
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'system' ? this.#systemIsDark : this.#source === 'dark';
  }

  /** For tests, through `__standin.setSystemTheme`. */
  setSystemTheme(theme: 'light' | 'dark'): void {
    this.#systemIsDark = theme === 'dark';
    this.#update();
  }

  /** Pages learn it as `prefers-color-scheme`. */
  #update(): void {
    const value = this.shouldUseDarkColors ? 'dark' : 'light';
    for (const contents of liveContents.values())
      contents.host
        .session()
        .then((session) =>
          session.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] }),
        )
        .catch((error: unknown) => debugLog('theme:', messageOf(error)));
    this.emit('updated');
  }
}

export const nativeTheme = new NativeTheme();
