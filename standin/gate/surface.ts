import { app } from '../api/app.ts';
import { BrowserWindow } from '../api/browser-window.ts';
import { IpcMain } from '../api/ipc-main.ts';
import { Menu, MenuItem, menuItemOptions } from '../api/menu.ts';
import { MessageChannelMain, MessagePortMain } from '../api/message-port.ts';
import { NativeImage } from '../api/native-image.ts';
import { Notification, notificationOptions } from '../api/notification.ts';
import { messageOptions, openOptions, saveOptions } from '../api/dialog.ts';
import { privilegeNames } from '../api/protocol.ts';
import { Session } from '../api/session.ts';
import { Tray } from '../api/tray.ts';
import { forkOptions, UtilityProcess } from '../api/utility-process.ts';
import { WebContents } from '../api/web-contents.ts';
import { WebFrameMain } from '../api/web-frame-main.ts';
import { openHandlerAnswers } from '../api/window-open.ts';
import { webPreferences, windowOptions } from '../api/window-options.ts';
import { implementedModules } from '../electron.ts';

/** What the stand-in has for one name of electron.d.ts. */
export interface Provided {
  /** Where members are looked up: the object itself, or a class with its prototype. */
  holders: readonly object[];
  /** Instance fields, which no prototype shows. */
  fields?: readonly string[];
  events?: readonly string[];
}

interface EmitterClass {
  prototype: object;
  events: readonly string[];
}

const ofClass = (type: EmitterClass, fields: readonly string[] = [], module: object = type): Provided => ({
  holders: [module, type, type.prototype],
  fields,
  events: type.events,
});

const ofModule = (module: object): Provided => ({
  holders: [module],
  events: (module.constructor as unknown as Partial<EmitterClass>).events ?? [],
});

/** Objects and classes by their name in electron.d.ts. */
export const objects: Record<string, Provided> = {
  ...Object.fromEntries(
    Object.entries(implementedModules).map(([name, module]) => [
      name.charAt(0).toUpperCase() + name.slice(1),
      ofModule(module),
    ]),
  ),
  App: { holders: [app], events: (app.constructor as unknown as EmitterClass).events },
  BaseWindow: ofClass(BrowserWindow, ['id']),
  BrowserWindow: ofClass(BrowserWindow, ['id']),
  CommandLine: { holders: [app.commandLine] },
  IpcMain: { holders: [IpcMain.prototype] },
  Menu: ofClass(Menu, ['items']),
  MenuItem: {
    holders: [MenuItem.prototype],
    fields: menuItemOptions,
  },
  MessageChannelMain: { holders: [MessageChannelMain.prototype], fields: ['port1', 'port2'] },
  MessagePortMain: ofClass(MessagePortMain),
  NativeImage: { holders: [implementedModules.nativeImage, NativeImage.prototype] },
  Notification: ofClass(Notification, ['title', 'body', 'silent', 'urgency']),
  Session: ofClass(Session, [], implementedModules.session),
  Tray: ofClass(Tray),
  UtilityProcess: ofClass(UtilityProcess, [], implementedModules.utilityProcess),
  WebContents: ofClass(WebContents, ['id', 'ipc', 'mainFrame'], implementedModules.webContents),
  WebFrameMain: ofClass(WebFrameMain, ['routingId', 'frameTreeNodeId', 'name', 'parent']),
  // The preload side lives in the page (page/preload-modules.browser.ts), where unknown members throw too.
  ContextBridge: { holders: [], fields: ['exposeInMainWorld'] },
  WebUtils: { holders: [], fields: ['getPathForFile'] },
  IpcRenderer: {
    holders: [],
    fields: [
      'addListener',
      'invoke',
      'off',
      'on',
      'once',
      'postMessage',
      'removeAllListeners',
      'removeListener',
      'send',
    ],
  },
};

/** Options, results and event fields that the stand-in reads or fills in, by the name of their type. */
export const structures: Record<string, readonly string[]> = {
  AboutPanelOptionsOptions: ['applicationName', 'applicationVersion', 'copyright', 'version', 'website'],
  BaseWindowConstructorOptions: windowOptions,
  BrowserWindowConstructorOptions: windowOptions,
  CustomScheme: ['scheme', 'privileges'],
  DidCreateWindowDetails: ['url', 'frameName', 'options', 'referrer', 'disposition'],
  DecryptStringAsyncReturnValue: ['result', 'shouldReEncrypt'],
  DesktopCapturerSource: ['id', 'name', 'thumbnail', 'display_id', 'appIcon'],
  Display: [
    'id',
    'bounds',
    'workArea',
    'size',
    'workAreaSize',
    'scaleFactor',
    'rotation',
    'internal',
    'label',
  ],
  DisplayMediaRequestHandlerHandlerRequest: [
    'frame',
    'securityOrigin',
    'videoRequested',
    'audioRequested',
    'userGesture',
  ],
  DisplayMediaRequestHandlerOpts: ['useSystemPicker'],
  FileFilter: ['name', 'extensions'],
  ForkOptions: forkOptions,
  HandlerDetails: ['url', 'frameName', 'features', 'disposition', 'referrer'],
  IpcMainEvent: ['sender', 'senderFrame', 'ports', 'reply', 'processId', 'frameId', 'type'],
  IpcMainInvokeEvent: ['sender', 'senderFrame', 'processId', 'frameId', 'type'],
  IpcRendererEvent: ['sender', 'ports'],
  LoadFileOptions: ['query', 'search', 'hash'],
  MediaAccessPermissionRequest: ['mediaTypes', 'securityOrigin', 'requestingUrl', 'isMainFrame'],
  MenuItemConstructorOptions: menuItemOptions,
  MessageBoxOptions: messageOptions,
  MessageBoxReturnValue: ['response', 'checkboxChecked'],
  NotificationConstructorOptions: notificationOptions,
  OpenDialogOptions: openOptions,
  OpenDialogReturnValue: ['canceled', 'filePaths'],
  PermissionCheckHandlerHandlerDetails: ['isMainFrame', 'requestingUrl', 'securityOrigin', 'mediaType'],
  PermissionRequest: ['isMainFrame', 'requestingUrl'],
  Point: ['x', 'y'],
  Privileges: privilegeNames,
  Process: ['resourcesPath', 'type', 'defaultApp', 'sandboxed', 'contextIsolated'],
  ProcessVersions: ['electron', 'chrome'],
  Rectangle: ['x', 'y', 'width', 'height'],
  RenderProcessGoneDetails: ['reason', 'exitCode'],
  SaveDialogOptions: saveOptions,
  SaveDialogReturnValue: ['canceled', 'filePath'],
  Settings: ['openAtLogin', 'openAsHidden', 'path', 'args', 'name'],
  Size: ['width', 'height'],
  SourcesOptions: ['types', 'thumbnailSize', 'fetchWindowIcons'],
  Streams: ['video'],
  WebContentsConsoleMessageEventParams: ['level', 'message', 'lineNumber', 'sourceId', 'frame'],
  WebContentsWillFrameNavigateEventParams: ['url', 'isMainFrame', 'isSameDocument', 'frame'],
  WebContentsWillNavigateEventParams: ['url', 'isMainFrame', 'isSameDocument', 'frame'],
  WebContentsWillRedirectEventParams: ['url', 'isMainFrame', 'isSameDocument', 'frame'],
  WebPreferences: webPreferences,
  WindowOpenHandlerResponse: openHandlerAnswers,
};

/** Modules that `import … from 'electron'` may name: main's here, preload's in the page. */
export const moduleNames: readonly string[] = [
  ...Object.keys(implementedModules),
  'contextBridge',
  'ipcRenderer',
  'webUtils',
];
