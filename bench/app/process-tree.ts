import { readdirSync, readFileSync } from 'node:fs';

/** What a process has used since it began, as Linux tells it. */
export interface ProcessUse {
  pid: number;
  command: string;
  cpuMs: number;
  /** Times that one of its threads went to sleep of its own accord, and so was woken again. */
  wakeUps: number;
}

/** Of the clock that /proc counts in; the same on every Linux that Node runs on. */
const tickMs = 10;

/** A process or thread may end while it is looked at. */
function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ESRCH'].includes(String(error.code)))
      return null;
    throw error;
  }
}

function numbersIn(folder: string): number[] {
  try {
    return readdirSync(folder).flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** The fields of a `stat` after the name, which may hold anything: state is the first of them. */
const fieldsOf = (stat: string): string[] => stat.slice(stat.lastIndexOf(')') + 2).split(' ');

function wakeUpsOf(pid: number): number {
  const tasks = `/proc/${pid}/task`;
  return numbersIn(tasks).reduce((sum, task) => {
    const status = readIfThere(`${tasks}/${task}/status`) ?? '';
    return sum + Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(status)?.[1] ?? 0);
  }, 0);
}

/** A process and all below it, as they are now. */
export function processTree(root: number): ProcessUse[] {
  const all = numbersIn('/proc').flatMap((pid) => {
    const stat = readIfThere(`/proc/${pid}/stat`);
    return stat === null ? [] : [{ pid, fields: fieldsOf(stat) }];
  });
  const found = new Set([root]);
  // Parents are mostly older, but not always: until nothing is added.
  for (let size = 0; size !== found.size;) {
    size = found.size;
    for (const { pid, fields } of all) if (found.has(Number(fields[1]))) found.add(pid);
  }
  return all
    .filter(({ pid }) => found.has(pid))
    .map(({ pid, fields }) => ({
      pid,
      command: (readIfThere(`/proc/${pid}/cmdline`) ?? '').replaceAll('\0', ' '),
      // utime and stime.
      cpuMs: (Number(fields[11]) + Number(fields[12])) * tickMs,
      wakeUps: wakeUpsOf(pid),
    }));
}
