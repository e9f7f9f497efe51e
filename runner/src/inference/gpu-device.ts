import { existsSync, readdirSync } from 'node:fs';

/** Where drivers of GPUs show themselves on Linux: kernel graphics, NVIDIA, AMD compute, and Windows' WSL. */
const places: readonly { folder: string; name: RegExp }[] = [
  { folder: '/dev/dri', name: /^renderD\d+$/ },
  { folder: '/dev', name: /^(nvidia\d+|kfd|dxg)$/ },
];

/**
 * Whether this machine can have a GPU at all. On Linux its driver's device tells, which spares a trial where there
 * is none, and keeps models off software adapters: they compute correctly, and slower than the CPU does. Elsewhere
 * only a trial can tell.
 */
export function mayHaveGpu(platform: NodeJS.Platform = process.platform): boolean {
  if (platform !== 'linux') return true;
  return places.some(
    ({ folder, name }) => existsSync(folder) && readdirSync(folder).some((entry) => name.test(entry)),
  );
}
