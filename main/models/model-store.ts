import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { parseManifest, type Manifest } from '../../pipelines/manifest.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { builtInIds, licenceMaxBytes, manifestMaxBytes, modelMaxBytes } from './defaults.ts';
import { findLicence } from './described-by.ts';
import { modelId } from './model-id.ts';
import { readInside, reasonOf, sizeInside } from '../../pipelines/disk/read-inside.ts';
import { Staging } from './staging.ts';

/** A model as it lies in its folder. */
export interface StoredModel {
  folder: string;
  manifest: Manifest;
  hasLicence: boolean;
}

export interface StoredModels {
  models: StoredModel[];
  /** Folders by their bare names. */
  problems: { folder: string; problem: string }[];
}

/**
 * The user's own models: one folder each, in the form that runners read too. Whole folders may be put there by hand,
 * so nothing in them is trusted: an id is only ever compared, never made part of a path, and links are not followed.
 */
export class ModelStore {
  readonly root: string;
  readonly staging: Staging;
  /** One after the other: two at once would find the same id free. */
  #saved: Promise<unknown> = Promise.resolve();

  constructor(root: string) {
    this.root = root;
    this.staging = new Staging(root);
  }

  async list(): Promise<StoredModels> {
    const models = new Map<string, StoredModel>();
    const problems: StoredModels['problems'] = [];
    const folders = await this.#folders();
    if (!folders.ok) return { models: [], problems: [{ folder: 'models', problem: folders.problem }] };
    for (const folder of folders.value) {
      const read = await readModel(folder);
      const problem = read.ok ? taken(read.value.manifest.id, models) : read.problem;
      if (read.ok && problem === null) models.set(read.value.manifest.id, read.value);
      else if (problem !== null) problems.push({ folder: path.basename(folder), problem });
    }
    return { models: [...models.values()], problems };
  }

  async find(id: string): Promise<StoredModel | null> {
    const { models } = await this.list();
    return models.find(({ manifest }) => manifest.id === id) ?? null;
  }

  /**
   * Makes a model of a candidate.
   *
   * @param text The manifest from the window: all that a file cannot say of itself. What can be known here is put in
   *   here, whatever it says.
   * @returns The new model's id.
   */
  save(candidate: string, text: string): Promise<Result<string, string>> {
    const saved = this.#saved.then(() => this.#save(candidate, text));
    this.#saved = saved.catch(() => undefined);
    return saved;
  }

  async #save(candidate: string, text: string): Promise<Result<string, string>> {
    const staged = this.staging.get(candidate);
    if (staged === null) return fail('The file is not at hand any more. Choose it again.');
    const { models } = await this.list();
    const { sha256, bytes, opset } = staged;
    try {
      const names = new Set((await readdir(this.root)).map((name) => name.toLowerCase()));
      for (const { manifest } of models) names.add(manifest.id);
      const written = withFacts(text, (title) => ({
        id: modelId(title, (name) => names.has(name)),
        file: 'model.onnx',
        sha256,
        bytes,
        opset,
      }));
      if (!written.ok) return written;
      const { id } = written.value;
      const json = `${JSON.stringify(written.value, null, 2)}\n`;
      if (Buffer.byteLength(json) > manifestMaxBytes) return fail('The model’s description is too long.');
      await writeWhole(path.join(staged.folder, 'model.json'), json);
      await rename(staged.folder, path.join(this.root, id));
      this.staging.release(candidate);
      return ok(id);
    } catch (error) {
      return fail(`The model could not be saved (${reasonOf(error)}).`);
    }
  }

  /** Removes a model's folder, with whatever else lies in it. */
  async remove(id: string): Promise<Result<null, string>> {
    const found = await this.find(id);
    if (found === null) return fail('There is no such model any more.');
    try {
      const bin = await this.staging.bin();
      await rename(found.folder, bin);
      await rm(bin, { recursive: true, force: true });
      return ok(null);
    } catch (error) {
      return fail(`The model could not be removed (${reasonOf(error)}).`);
    }
  }

  async licence(id: string): Promise<string | null> {
    const found = await this.find(id);
    const name = found && (await findLicence(found.folder));
    if (!found || name === null) return null;
    const text = await readInside(found.folder, name, licenceMaxBytes);
    return text.ok ? text.value.toString('utf8') : null;
  }

  /** The folder is made when it is first wanted. */
  async make(): Promise<void> {
    await mkdir(this.root, { recursive: true, mode: 0o700 });
  }

  async #folders(): Promise<Result<string[], string>> {
    try {
      await this.make();
      const entries = await readdir(this.root, { withFileTypes: true });
      const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
      return ok(folders.map(({ name }) => path.join(this.root, name)).toSorted());
    } catch (error) {
      return fail(`it cannot be read as a folder of models (${reasonOf(error)})`);
    }
  }
}

async function readModel(folder: string): Promise<Result<StoredModel, string>> {
  const text = await readInside(folder, 'model.json', manifestMaxBytes);
  if (!text.ok) return text;
  const parsed = parseManifest(text.value.toString('utf8'));
  if (!parsed.ok) return parsed;
  const manifest = parsed.value;
  const size = await sizeInside(folder, manifest.file, modelMaxBytes);
  if (!size.ok) return size;
  if (size.value !== manifest.bytes)
    return fail(`${manifest.file} has ${size.value} bytes, its manifest says ${manifest.bytes}`);
  return ok({ folder, manifest, hasLicence: (await findLicence(folder)) !== null });
}

function taken(id: string, earlier: ReadonlyMap<string, StoredModel>): string | null {
  if (builtInIds.has(id)) return `the id "${id}" is that of a built-in model`;
  const other = earlier.get(id);
  return other ? `the id "${id}" is taken by the folder ${path.basename(other.folder)}` : null;
}

interface Facts {
  id: string;
  file: string;
  sha256: string;
  bytes: number;
  opset: number;
}

/** A manifest with the fields that the window has no say in, held against the schema. */
function withFacts(text: string, factsOf: (title: string) => Facts): Result<Manifest, string> {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return fail('The model’s description is not JSON.');
  }
  if (!isRecord(given) || !isRecord(given['runtime']) || typeof given['title'] !== 'string')
    return fail('The model’s description is not complete.');
  const { opset, ...facts } = factsOf(given['title']);
  const manifest = { ...given, ...facts, runtime: { ...given['runtime'], opset } };
  return parseManifest(JSON.stringify(manifest));
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

async function writeWhole(file: string, text: string): Promise<void> {
  await using handle = await open(file, 'w', 0o600);
  await handle.writeFile(text);
  await handle.sync();
}
