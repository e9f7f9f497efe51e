import { outputFeatures, outputFrameName } from '../../shared/bridge/output-window.ts';
import { appPage, outputPage } from './app-origin.ts';

/** What a page asks for by `window.open`. */
export interface OpenAsked {
  url: string;
  frameName: string;
  features: string;
}

/** A page of the app, as far as these rules look at it. */
interface Opener {
  getURL(): string;
  /** The frame that opened it itself; null for the app's main window. */
  readonly opener: object | null;
}

const withoutFragment = (url: string): string => url.split('#', 1)[0]!;

/** Whether this is the app's page asking for the output window: that page, that name, and a way back to its opener. */
export function asksForOutput({ url, frameName, features }: OpenAsked, by: Opener): boolean {
  const isOurs = by.opener === null && withoutFragment(by.getURL()) === appPage;
  return isOurs && url === outputPage && frameName === outputFrameName && features === outputFeatures;
}

/** Whether a navigation is that of an opened window to the output page. There is nowhere else for it to go. */
export const isOutputArrival = (url: string, contents: Pick<Opener, 'opener'>): boolean =>
  contents.opener !== null && url === outputPage;
