import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Manifest } from '../../pipelines/manifest.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { candidatesMax, modelMaxBytes, nameMaxLength } from './defaults.ts';
import { copyLicence, describedBy } from './described-by.ts';
import { readOpset } from './onnx-header.ts';
import { openRegular, reasonOf } from '../../pipelines/disk/read-inside.ts';
import { takeCopy, tooLarge, type Copied } from './take-copy.ts';

/** A copy of a file that the user chose, waiting to be saved or discarded. */
export interface Staged extends Copied {
  id: string;
  /** Holds `model.onnx`, and a licence where one lay beside it. */
  folder: string;
  /** The file's name, for the user. */
  name: string;
  opset: number;
  manifest: Manifest | null;
}

/**
 * Where files wait that are no models yet: a hidden folder among the models, so that saving one is a rename. The
 * user's own file is never touched, and may change or go once it was copied.
 */
export class Staging {
  readonly #root: string;
  readonly #staged = new Map<string, Staged>();

  /** @param models The folder of models. */
  constructor(models: string) {
    this.#root = path.join(models, '.staging');
  }

  /** Removes what an earlier run left. */
  async clean(): Promise<void> {
    await rm(this.#root, { recursive: true, force: true });
  }

  /** @returns A problem that names the file and says what to do; nothing of it stays then. */
  async stage(file: string): Promise<Result<Staged, string>> {
    const name = shownName(file);
    if (!path.isAbsolute(file) || file.includes('\0')) return fail(`“${name}” could not be found.`);
    if (path.extname(file).toLowerCase() !== '.onnx')
      return fail(`“${name}” is no .onnx file. Linkspan runs models in the ONNX format; export yours to it.`);
    const id = randomUUID();
    const folder = path.join(this.#root, id);
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const taken = await take(file, folder);
      if (taken.ok) {
        const staged = { id, folder, name, ...taken.value };
        this.#staged.set(id, staged);
        await this.#forgetOldest();
        return ok(staged);
      }
      await rm(folder, { recursive: true, force: true });
      return fail(`“${name}” cannot be used: ${taken.problem}.`);
    } catch (error) {
      // What cannot be removed now is removed at the next start.
      await rm(folder, { recursive: true, force: true }).catch(() => undefined);
      return fail(`“${name}” cannot be used: ${wordsFor(reasonOf(error))}.`);
    }
  }

  get(id: string): Staged | null {
    return this.#staged.get(id) ?? null;
  }

  /** A place for what is to be removed, so that it is out of sight at once. */
  async bin(): Promise<string> {
    await mkdir(this.#root, { recursive: true, mode: 0o700 });
    return path.join(this.#root, randomUUID());
  }

  /** Forgets a candidate whose folder was moved away. */
  release(id: string): void {
    this.#staged.delete(id);
  }

  async discard(id: string): Promise<void> {
    const staged = this.#staged.get(id);
    this.#staged.delete(id);
    if (staged) await rm(staged.folder, { recursive: true, force: true });
  }

  async #forgetOldest(): Promise<void> {
    const oldest = this.#staged.keys().next().value;
    if (this.#staged.size > candidatesMax && oldest !== undefined) await this.discard(oldest);
  }
}

async function take(
  file: string,
  folder: string,
): Promise<Result<Copied & Pick<Staged, 'opset' | 'manifest'>, string>> {
  await using source = await openRegular(file);
  const { size } = await source.stat();
  if (size > modelMaxBytes) return fail(tooLarge);
  if (size === 0) return fail('it is empty');
  // Before half a gigabyte of something else is copied.
  const opset = await readOpset(source, size);
  if (!opset.ok) return opset;
  const copied = await takeCopy(source, path.join(folder, 'model.onnx'));
  if (!copied.ok) return copied;
  const manifest = await describedBy(file, copied.value.sha256);
  if (manifest !== null) await copyLicence(path.dirname(file), folder);
  return ok({ ...copied.value, opset: opset.value, manifest });
}

function shownName(file: string): string {
  // Control and direction characters could make a name look like another.
  const name = path.basename(file).replaceAll(/[\p{Cc}\p{Cf}]/gu, '');
  return name.length > nameMaxLength ? `${name.slice(0, nameMaxLength - 1)}…` : name;
}

function wordsFor(code: string): string {
  switch (code) {
    case 'ENOTFILE':
    case 'ELOOP':
      return 'it is a link or a folder. Choose the file itself';
    case 'ENOENT':
      return 'it is not there any more';
    case 'EACCES':
    case 'EPERM':
      return 'the system does not let Linkspan read it';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full';
    default:
      return `it could not be copied (${code})`;
  }
}
