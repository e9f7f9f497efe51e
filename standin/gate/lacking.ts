import type { ElectronUse } from './electron-usage.ts';
import { moduleNames, objects, structures } from './surface.ts';

function isProvided({ kind, owner, name }: ElectronUse): boolean {
  if (kind === 'module') return moduleNames.includes(name);
  const provided = objects[owner];
  if (kind === 'event') return provided?.events?.includes(name) ?? false;
  if (!provided) return structures[owner]?.includes(name) ?? false;
  return provided.holders.some((holder) => name in holder) || (provided.fields?.includes(name) ?? false);
}

/** What the product uses and the stand-in lacks, one readable line each; empty when all is there. */
export function lackingInStandin(uses: readonly ElectronUse[]): string[] {
  const lines = uses
    .filter((use) => !isProvided(use))
    .map(({ kind, owner, name, where }) => `${kind} ${owner}.${name} (${where})`);
  return [...new Set(lines)].toSorted();
}
