/** Events of `BrowserWindow` that the stand-in emits. */
export const windowEvents = [
  'always-on-top-changed',
  'blur',
  'close',
  'closed',
  'enter-full-screen',
  'focus',
  'hide',
  'leave-full-screen',
  'maximize',
  'minimize',
  'move',
  'moved',
  'page-title-updated',
  'ready-to-show',
  'resize',
  'resized',
  'responsive', // a hung page is not noticed
  'restore',
  'session-end', // Windows
  'show',
  'unmaximize',
  'unresponsive', // a hung page is not noticed
];
