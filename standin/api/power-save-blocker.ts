import { strictModule } from '../core/not-implemented.ts';

/** Held blockers by id; the machine itself is not kept awake. */
export const powerSaveBlockers = new Map<number, string>();
let lastId = 0;

export const powerSaveBlocker = strictModule('powerSaveBlocker', {
  start(type: 'prevent-app-suspension' | 'prevent-display-sleep'): number {
    lastId += 1;
    powerSaveBlockers.set(lastId, type);
    return lastId;
  },
  stop: (id: number): boolean => powerSaveBlockers.delete(id),
  isStarted: (id: number): boolean => powerSaveBlockers.has(id),
} satisfies Pick<Electron.PowerSaveBlocker, 'start' | 'stop' | 'isStarted'>);
