import { mergeSwitch } from '../chromium/switches.ts';
import { strictModule } from '../core/not-implemented.ts';
import { runtime } from '../core/runtime.ts';

/** `app.commandLine`: what is appended before `ready` reaches Chromium. */
export const commandLine = strictModule('commandLine', {
  appendSwitch(name: string, value?: string): void {
    mergeSwitch(runtime().switches, name, value ?? '');
  },
  hasSwitch: (name: string): boolean => runtime().switches.has(name),
  getSwitchValue: (name: string): string => runtime().switches.get(name) ?? '',
  removeSwitch(name: string): void {
    runtime().switches.delete(name);
  },
} satisfies Pick<Electron.CommandLine, 'appendSwitch' | 'hasSwitch' | 'getSwitchValue' | 'removeSwitch'>);
