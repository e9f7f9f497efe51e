import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { readFileSync } from 'node:fs';
import path from 'node:path';

type FuseName = keyof typeof FuseV1Options;

const configuration = path.resolve(import.meta.dirname, '../../electron-builder.yml');
/** Electron's own choice, which electron-builder 26 cannot name: WebAssembly checks its bounds by the page tables. */
const leftAsTheyAre: Partial<Record<FuseName, boolean>> = { WasmTrapHandlers: true };

/**
 * Compares the fuses of a packaged executable with those that `electron-builder.yml` names (S9). A fuse that is
 * named nowhere, because a later Electron brought it, is a problem too.
 *
 * @param forTests The variant in which Playwright may open the inspector; it is not to be released.
 * @returns A sentence for each fuse that is not as it should be.
 */
export async function fuseProblems(executable: string, forTests: boolean): Promise<string[]> {
  const wanted = {
    ...leftAsTheyAre,
    ...namedFuses(),
    ...(forTests ? { EnableNodeCliInspectArguments: true } : {}),
  };
  const wire = await getCurrentFuseWire(executable);
  return Object.entries(FuseV1Options).flatMap(([name, index]) => {
    if (typeof index !== 'number') return [];
    const want = wanted[name as FuseName];
    if (want === undefined) return [`electron-builder.yml does not name the fuse ${name}`];
    const is = wire[index as FuseV1Options] === FuseState.ENABLE;
    return is === want ? [] : [`the fuse ${name} is ${state(is)} and should be ${state(want)}`];
  });
}

const state = (enabled: boolean): string => (enabled ? 'enabled' : 'disabled');

/** The block `electronFuses`: flat, one `name: true` or `name: false` a line. */
function namedFuses(): Partial<Record<FuseName, boolean>> {
  const block = /^electronFuses:\n((?: {2}.+\n)+)/m.exec(readFileSync(configuration, 'utf8'))?.[1] ?? '';
  const lines = [...block.matchAll(/^ {2}(\w)(\w+): (true|false)$/gm)];
  return Object.fromEntries(
    lines.map(([, first = '', rest = '', value]) => [first.toUpperCase() + rest, value === 'true']),
  );
}
