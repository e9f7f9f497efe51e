import type { ChildProcess } from 'node:child_process';

export interface RunnerProcess {
  /** Its WebSocket address. */
  url: string;
  process: ChildProcess;
  /** Asks it to end, and waits. */
  stop(): Promise<void>;
}

export function startRunnerProcess(options: {
  node: string;
  env: NodeJS.ProcessEnv;
  /** 0 or absent: any free one. */
  port?: number;
  args?: string[];
  onLog?: (line: string) => void;
}): Promise<RunnerProcess>;
