import { findDeepLink } from './deep-link.ts';

/** Electron's `app`, as far as arrivals need it. */
export interface ArrivalSource {
  on(event: 'second-instance', listener: (event: unknown, argv: string[]) => void): unknown;
  on(event: 'open-url', listener: (event: { preventDefault(): void }, url: string) => void): unknown;
  on(event: 'activate' | 'window-all-closed', listener: () => void): unknown;
}

export interface Arrivals {
  showWindow(): void;
  deepLink(link: string): void;
}

/**
 * Everything that reaches the app from outside while it runs: a second start (which focuses the window and
 * hands its arguments over), macOS's links and its click on the dock. The caller holds the single-instance lock.
 */
export function listenForArrivals(app: ArrivalSource, arrivals: Arrivals): void {
  app.on('second-instance', (_event, argv) => {
    arrivals.showWindow();
    const link = findDeepLink(argv);
    if (link !== null) arrivals.deepLink(link);
  });
  app.on('open-url', (event, url) => {
    event.preventDefault();
    arrivals.showWindow();
    arrivals.deepLink(url);
  });
  app.on('activate', () => arrivals.showWindow());
  // The tray keeps the app; without a listener Electron would quit.
  app.on('window-all-closed', () => undefined);
}
