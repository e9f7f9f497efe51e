import { builtInIds } from './defaults.ts';

/** Leaves room for a suffix within the 64 characters of an id. */
const slugMaxLength = 48;

/** Windows opens devices by these names, whatever folder they are in. */
const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/**
 * An id for a model, from its title; also the name of its folder.
 *
 * @param isTaken Whether a name is in use already.
 * @returns Lower-case letters, digits and dashes; never that of a built-in model.
 */
export function modelId(title: string, isTaken: (name: string) => boolean): string {
  const slug = slugOf(title);
  const isFree = (name: string): boolean => !builtInIds.has(name) && !devices.test(name) && !isTaken(name);
  if (isFree(slug)) return slug;
  for (let number = 2; ; number += 1) {
    const name = `${slug}-${number}`;
    if (isFree(name)) return name;
  }
}

function slugOf(title: string): string {
  const plain = title
    .normalize('NFKD')
    // The marks that NFKD takes off their letters.
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, slugMaxLength)
    .replaceAll(/^-+|-+$/g, '');
  // Nothing is left of titles in other scripts.
  return plain === '' ? 'model' : plain;
}
