/** Events of `webContents` that the stand-in emits. */
export const webContentsEvents = [
  'console-message',
  'destroyed',
  'did-create-window',
  'did-fail-load',
  'did-finish-load',
  'did-navigate',
  'did-navigate-in-page',
  'did-start-loading',
  'did-stop-loading',
  'dom-ready',
  'enter-html-full-screen',
  'leave-html-full-screen',
  'page-title-updated',
  'preload-error',
  'render-process-gone',
  'will-attach-webview', // webviewTag is refused, so it never happens
  'will-frame-navigate',
  'will-navigate',
  'will-redirect',
];
