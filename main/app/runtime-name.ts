/** What runs the app, for the log and the about line: the stand-in names itself beside the Electron it stands for. */
export function runtimeName(versions: Readonly<Record<string, string | undefined>>): string {
  const standIn = versions['standin'];
  const electron = versions['electron'] ?? 'unknown';
  return standIn === undefined ? `Electron ${electron}` : `Electron stand-in ${standIn} (for ${electron})`;
}
