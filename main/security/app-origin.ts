import { outputPageFile } from '../../shared/bridge/output-window.ts';

/**
 * Security in one folder: the app's own scheme and its headers, the files it may serve, permissions, and the
 * guards on navigation and outside links. Files that name Electron are thin; what decides is pure and tested.
 */

/** The scheme that the app's page is served from. */
export const appScheme = 'app';
export const appHost = 'bundle';
export const appOrigin = `${appScheme}://${appHost}`;
export const appPage = `${appOrigin}/index.html`;
/** The one page besides it, in a window of its own. */
export const outputPage = `${appOrigin}/${outputPageFile}`;

/** Whether an address or origin, as Chromium gives it, belongs to the app's page. */
export function isAppOrigin(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, username, password } = new URL(address);
  return protocol === `${appScheme}:` && host === appHost && username === '' && password === '';
}
