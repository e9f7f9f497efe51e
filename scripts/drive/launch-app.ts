import { _electron, type ElectronApplication, type Page } from 'playwright';
import { createInterface } from 'node:readline';
import path from 'node:path';

/** Loading the bundles and starting Chromium takes seconds on a busy machine; longer means it hangs. */
const startTimeoutMs = 45_000;
/** An orderly quit takes under a second; after this the app is ended the hard way, and that is an error. */
const quitTimeoutMs = 10_000;

export interface LaunchOptions {
  /** Where the app keeps its settings. A fresh folder is a first start. */
  userData: string;
  /** The packaged app. Without it the project's build runs, on the runtime that setup found. */
  executable?: string | undefined;
  /** Added to this process's environment; `undefined` removes a variable. */
  env?: NodeJS.ProcessEnv;
  /** A `.y4m` or `.mjpeg` file that the fake camera plays; without it the camera shows Chromium's own pattern. */
  cameraFile?: string | undefined;
  /** More arguments of the app, such as a deep link. */
  args?: readonly string[];
}

export interface DrivenApp {
  readonly electron: ElectronApplication;
  readonly page: Page;
  /** What the app wrote to its terminal so far. */
  readonly output: readonly string[];
  /** Resolves once its process has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Quits as the user would. Throws when the app does not end by itself. */
  quit(): Promise<void>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
}

const root = path.resolve(import.meta.dirname, '../..');

/** Arguments that every driven app gets: its own folder, and a camera that exists everywhere. */
export function appArguments({ userData, executable, cameraFile, args = [] }: LaunchOptions): string[] {
  return [
    ...(executable === undefined ? ['.'] : []),
    `--user-data-dir=${userData}`,
    '--use-fake-device-for-media-stream=fps=30',
    ...(cameraFile === undefined ? [] : [`--use-file-for-fake-video-capture=${cameraFile}`]),
    ...args,
  ];
}

/** The reader's own `LINKSPAN_…` variables never steer a driven app. */
export function appEnvironment(extra: NodeJS.ProcessEnv = {}): Record<string, string> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('LINKSPAN_'));
  const all = { ...Object.fromEntries(inherited), ...extra };
  return Object.fromEntries(
    Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}

/** Starts the app and waits for its window. */
export async function launchApp(options: LaunchOptions): Promise<DrivenApp> {
  const electron = await _electron.launch({
    args: appArguments(options),
    cwd: root,
    env: appEnvironment(options.env),
    timeout: startTimeoutMs,
    ...(options.executable === undefined ? {} : { executablePath: options.executable }),
  });
  const child = electron.process();
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', (line) => output.push(line));
  }
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  const page = await electron.firstWindow({ timeout: startTimeoutMs }).catch(async (error: unknown) => {
    await kill();
    throw new Error(`The app opened no window. It wrote:\n${output.join('\n')}`, { cause: error });
  });
  return { electron, page, output, ended, kill, quit: () => quit(electron, ended, kill, output) };
}

async function quit(
  electron: ElectronApplication,
  ended: Promise<void>,
  kill: () => Promise<void>,
  output: readonly string[],
): Promise<void> {
  const deadline = Promise.withResolvers<'late'>();
  const timer = setTimeout(() => deadline.resolve('late'), quitTimeoutMs);
  const closing = electron.close().then(() => ended);
  const outcome = await Promise.race([closing, deadline.promise]);
  clearTimeout(timer);
  if (outcome !== 'late') return;
  await kill();
  throw new Error(`The app did not quit within ${quitTimeoutMs} ms. It wrote:\n${output.join('\n')}`);
}
