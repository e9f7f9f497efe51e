export interface CommandLine {
  switches: Map<string, string>;
  /** Modules to load before the app (`-r`), as Playwright's loader. */
  requires: string[];
  /** The app's folder or file; null for a packaged app, whose arguments are all its own. */
  app: string | null;
}

/**
 * Reads the arguments as Electron does.
 *
 * @param packaged A packaged app has no app argument and no `-r`.
 */
export function parseCommandLine(args: readonly string[], packaged: boolean): CommandLine {
  const switches = new Map<string, string>();
  const requires: string[] = [];
  let app: string | null = null;
  const rest = [...args];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    if (!packaged && (argument === '-r' || argument === '--require')) {
      const file = rest.shift();
      if (file !== undefined) requires.push(file);
      continue;
    }
    const match = /^--([^=]+)(?:=([^]*))?$/.exec(argument);
    if (match) switches.set(match[1]!, match[2] ?? '');
    else if (app === null && !packaged && !argument.startsWith('-')) app = argument;
  }
  return { switches, requires, app };
}
