import type { App, WebContents } from 'electron';
import type { Log } from '../diagnostics/log.ts';
import { openExternal } from './open-external.ts';

/** The page stays the page: every way of leaving it or of adding another is closed, for every contents made. */
export function guardNavigation(app: App, log: Log): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents, log));
}

function guardContents(contents: WebContents, log: Log): void {
  const refuse = (what: string, event: { preventDefault(): void }, url: string): void => {
    event.preventDefault();
    log.warn(`${what} refused:`, url);
  };
  contents.on('will-navigate', (event) => refuse('navigation', event, event.url));
  contents.on('will-frame-navigate', (event) => refuse('frame navigation', event, event.url));
  contents.on('will-redirect', (event) => refuse('redirect', event, event.url));
  contents.on('will-attach-webview', (event, _preferences, params) =>
    refuse('webview', event, params.src ?? ''),
  );
  contents.setWindowOpenHandler(({ url }) => {
    void openExternal(url, log);
    return { action: 'deny' };
  });
}
