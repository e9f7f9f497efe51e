import { findArrival, type Arrival } from './arrival.ts';

/** Electron's event object, as far as arrivals need it. */
interface Preventable {
  preventDefault(): void;
}

/** Electron's `app`, as far as arrivals need it. */
export interface ArrivalSource {
  on(
    event: 'second-instance',
    listener: (event: unknown, argv: string[], workingDirectory: string) => void,
  ): unknown;
  on(event: 'open-url', listener: (event: Preventable, url: string) => void): unknown;
  on(event: 'open-file', listener: (event: Preventable, path: string) => void): unknown;
  on(event: 'activate' | 'window-all-closed', listener: () => void): unknown;
}

export interface Arrivals {
  showWindow(): void;
  receive(arrival: Arrival): void;
}

/**
 * Everything that reaches the app from outside while it runs: a second start (which focuses the window and
 * hands its arguments over), macOS's links and files and its click on the dock. The caller holds the
 * single-instance lock.
 */
export function listenForArrivals(app: ArrivalSource, arrivals: Arrivals): void {
  const open = (event: Preventable, arrival: Arrival): void => {
    event.preventDefault();
    arrivals.showWindow();
    arrivals.receive(arrival);
  };
  app.on('second-instance', (_event, argv, workingDirectory) => {
    arrivals.showWindow();
    const arrival = findArrival(argv, workingDirectory);
    if (arrival !== null) arrivals.receive(arrival);
  });
  app.on('open-url', (event, link) => open(event, { kind: 'link', link }));
  app.on('open-file', (event, path) => open(event, { kind: 'file', path }));
  app.on('activate', () => arrivals.showWindow());
  // The tray keeps the app; without a listener Electron would quit.
  app.on('window-all-closed', () => undefined);
}
