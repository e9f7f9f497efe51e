/**
 * What runs the app, for the log and the about line. Only the stand-in sets `standin` among the versions, and
 * the Chromium it found on this machine is not the one that Electron would bring.
 */
export function runtimeName(versions: Readonly<Record<string, string | undefined>>): string {
  const electron = `Electron ${versions['electron'] ?? 'of unknown version'}`;
  if (versions['standin'] === undefined) return electron;
  return `stand-in for ${electron} (Chromium ${versions['chrome'] ?? 'of unknown version'})`;
}
