/** Members whose types are exactly Electron's; the others take or return the stand-in's own classes. */
export type WebContentsMembers = Pick<
  Electron.WebContents,
  | 'close'
  | 'executeJavaScript'
  | 'focus'
  | 'forcefullyCrashRenderer'
  | 'getTitle'
  | 'getType'
  | 'getURL'
  | 'getUserAgent'
  | 'id'
  | 'isCrashed'
  | 'isDestroyed'
  | 'isDevToolsOpened'
  | 'isFocused'
  | 'isLoading'
  | 'reload'
  | 'reloadIgnoringCache'
  | 'send'
>;
