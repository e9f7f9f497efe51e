import type { App, BrowserWindowConstructorOptions, WebContents } from 'electron';
import type { Log } from '../diagnostics/log.ts';
import { openExternal } from './open-external.ts';
import { asksForOutput, isOutputArrival } from './output-page.ts';

/** How the output window is to be made; null when there is one already. */
export type OutputOptions = () => BrowserWindowConstructorOptions | null;

/**
 * The page stays the page: every way of leaving it or of adding another is closed, for every contents made. One window
 * may be added, the clean output window (output-page.ts).
 */
export function guardNavigation(app: App, log: Log, outputOptions: OutputOptions): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents, log, outputOptions));
}

function guardContents(contents: WebContents, log: Log, outputOptions: OutputOptions): void {
  const refuse = (what: string, event: { preventDefault(): void }, url: string): void => {
    event.preventDefault();
    log.warn(`${what} refused:`, url);
  };
  contents.on('will-navigate', (event) => {
    if (!isOutputArrival(event.url, contents)) refuse('navigation', event, event.url);
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isOutputArrival(event.url, contents))
      refuse('frame navigation', event, event.url);
  });
  contents.on('will-redirect', (event) => refuse('redirect', event, event.url));
  contents.on('will-attach-webview', (event, _preferences, params) =>
    refuse('webview', event, params.src ?? ''),
  );
  contents.setWindowOpenHandler((asked) => {
    if (asksForOutput(asked, contents)) {
      const options = outputOptions();
      return options === null
        ? { action: 'deny' }
        : { action: 'allow', overrideBrowserWindowOptions: options };
    }
    void openExternal(asked.url, log);
    return { action: 'deny' };
  });
}
