/** What the boot script found out about this start; every API file reads it here. */
export interface Runtime {
  electronVersion: string;
  /** Version of the Chromium in use, such as `156.0.8078.79`. */
  chromeVersion: string;
  /** The launcher: what `process.execPath` and `app.getPath('exe')` say. */
  executable: string;
  /** The Node binary that runs this process and utility processes. */
  nodeExecutable: string;
  /** Folder of the stand-in's own scripts (`resources/standin`). */
  scriptsDirectory: string;
  appPath: string;
  packaged: boolean;
  manifest: AppManifest;
  /** Command line switches, the app's `appendSwitch` calls included; '' for one without a value. */
  switches: Map<string, string>;
  headless: boolean;
  /** Fuse GrantFileProtocolExtraPrivileges. */
  filePrivileges: boolean;
  chromiumExecutable: string;
}

export interface AppManifest {
  name?: string;
  productName?: string;
  version?: string;
  main?: string;
}

let installed: Runtime | null = null;

export function installRuntime(value: Runtime): void {
  installed = value;
}

/** @throws {Error} Before `installRuntime`: a programming error in the boot order. */
export function runtime(): Runtime {
  if (!installed) throw new Error('stand-in: runtime() was called before boot installed it');
  return installed;
}
