import { randomUUID } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { SnapshotInfo } from '../../../shared/wire/sessions.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { maxSnapshots } from './defaults.ts';

/** What snapshots need of their session. */
export interface SnapshotSource {
  /** Null while the session has none. */
  readonly folder: string | null;
  picture(): Promise<Result<{ png: Uint8Array }, string>>;
}

/** Stills of one session, as files in its folder: they go with it. */
export class Snapshots {
  readonly #source: SnapshotSource;
  readonly #kept = new Map<string, { info: SnapshotInfo; file: string }>();
  /** Being taken; they count, or many asked for at once would all get through. */
  #coming = 0;

  constructor(source: SnapshotSource) {
    this.#source = source;
  }

  /** Keeps the session's next outgoing frame. */
  async take(): Promise<Result<SnapshotInfo, string>> {
    if (this.#kept.size + this.#coming >= maxSnapshots) {
      return fail(`A session keeps ${maxSnapshots} snapshots at most; delete one first.`);
    }
    this.#coming += 1;
    try {
      const picture = await this.#source.picture();
      const { folder } = this.#source;
      if (!picture.ok) return picture;
      if (folder === null) return fail('the session has ended');
      return ok(await this.#keep(folder, Buffer.from(picture.value.png)));
    } finally {
      this.#coming -= 1;
    }
  }

  /** The oldest first. */
  list(): Promise<SnapshotInfo[]> {
    return Promise.resolve([...this.#kept.values()].map(({ info }) => info));
  }

  /** @returns Null if there is none of that id. */
  async read(id: string): Promise<Buffer | null> {
    const kept = this.#kept.get(id);
    return kept ? readFile(kept.file) : null;
  }

  /** @returns Whether there was one of that id. */
  async remove(id: string): Promise<boolean> {
    const kept = this.#kept.get(id);
    if (!kept) return false;
    this.#kept.delete(id);
    await rm(kept.file, { force: true });
    return true;
  }

  async #keep(folder: string, png: Buffer): Promise<SnapshotInfo> {
    const id = randomUUID();
    const file = path.join(folder, `snapshot-${id}.png`);
    await writeFile(file, png);
    // Width and height open the first chunk, IHDR (PNG, third edition, 11.2.1).
    const size = { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
    const info = { id, ...size, bytes: png.length, taken_at: new Date().toISOString() };
    this.#kept.set(id, { info, file });
    return info;
  }
}
