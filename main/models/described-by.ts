import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseManifest, type Manifest } from '../../pipelines/manifest.ts';
import { licenceFiles, licenceMaxBytes, manifestMaxBytes } from './defaults.ts';
import { readInside, sizeInside } from '../../pipelines/disk/read-inside.ts';

/**
 * The description that lies beside a model.
 *
 * @param file Path of the .onnx file.
 * @param sha256 Of what was copied.
 * @returns Null when there is none, or it is not valid, or is about another file.
 */
export async function describedBy(file: string, sha256: string): Promise<Manifest | null> {
  const text = await readInside(path.dirname(file), 'model.json', manifestMaxBytes);
  if (!text.ok) return null;
  const parsed = parseManifest(text.value.toString('utf8'));
  if (!parsed.ok || parsed.value.file !== path.basename(file) || parsed.value.sha256 !== sha256) return null;
  return parsed.value;
}

/** @returns The name of the file that holds a licence's text; null when none does. */
export async function findLicence(folder: string): Promise<string | null> {
  for (const name of licenceFiles) {
    if ((await sizeInside(folder, name, licenceMaxBytes)).ok) return name;
  }
  return null;
}

/** Takes the licence along with a model. */
export async function copyLicence(from: string, to: string): Promise<void> {
  const name = await findLicence(from);
  const text = name === null ? null : await readInside(from, name, licenceMaxBytes);
  if (name !== null && text?.ok === true) await writeFile(path.join(to, name), text.value);
}
