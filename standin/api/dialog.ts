import { acceptOptions } from '../core/accept-options.ts';
import { strictModule } from '../core/not-implemented.ts';
import type { BrowserWindow } from './browser-window.ts';

type DialogKind = 'open' | 'save' | 'message' | 'error';

export interface ShownDialog {
  kind: DialogKind;
  options: object;
}

/**
 * The tests' side of the dialogs: what was shown, and answers for what comes. A dialog without an answer
 * is cancelled, as by a user who presses Escape.
 */
export const dialogDesk = {
  shown: [] as ShownDialog[],
  openAnswers: [] as Electron.OpenDialogReturnValue[],
  saveAnswers: [] as Electron.SaveDialogReturnValue[],
  messageAnswers: [] as Electron.MessageBoxReturnValue[],
};

export const openOptions = [
  'title',
  'defaultPath',
  'buttonLabel',
  'filters',
  'properties',
  'message',
  'securityScopedBookmarks',
];
export const saveOptions = [...openOptions, 'nameFieldLabel', 'showsTagField'];
export const messageOptions = [
  'message',
  'type',
  'buttons',
  'defaultId',
  'signal',
  'title',
  'detail',
  'checkboxLabel',
  'checkboxChecked',
  'icon',
  'cancelId',
  'noLink',
  'normalizeAccessKeys',
  'textWidth',
];

/** Every dialog takes an optional window first. */
type Arguments<Options> = [Options] | [BrowserWindow, Options];

function optionsOf<Options>(args: Arguments<Options>): Options {
  return args.length === 2 ? args[1] : args[0];
}

function show(kind: DialogKind, options: object, accepted: readonly string[]): void {
  acceptOptions(`dialog (${kind})`, options, accepted);
  dialogDesk.shown.push({ kind, options });
}

function cancelledMessage(options: Electron.MessageBoxOptions): Electron.MessageBoxReturnValue {
  return { response: options.cancelId ?? 0, checkboxChecked: options.checkboxChecked ?? false };
}

export const dialog = strictModule('dialog', {
  showOpenDialog(...args: Arguments<Electron.OpenDialogOptions>): Promise<Electron.OpenDialogReturnValue> {
    show('open', optionsOf(args), openOptions);
    return Promise.resolve(dialogDesk.openAnswers.shift() ?? { canceled: true, filePaths: [] });
  },

  showSaveDialog(...args: Arguments<Electron.SaveDialogOptions>): Promise<Electron.SaveDialogReturnValue> {
    show('save', optionsOf(args), saveOptions);
    return Promise.resolve(dialogDesk.saveAnswers.shift() ?? { canceled: true, filePath: '' });
  },

  showMessageBox(...args: Arguments<Electron.MessageBoxOptions>): Promise<Electron.MessageBoxReturnValue> {
    const options = optionsOf(args);
    show('message', options, messageOptions);
    return Promise.resolve(dialogDesk.messageAnswers.shift() ?? cancelledMessage(options));
  },

  /** Before `ready` real Electron writes to stderr as well on Linux. */
  showErrorBox(title: string, content: string): void {
    show('error', { title, content }, ['title', 'content']);
    process.stderr.write(`${title}\n${content}\n`);
  },
});
