import { copyFileSync, readFileSync, renameSync } from 'node:fs';
import type { Result } from '../../shared/result.ts';
import { defaultDocument, documentVersion, type SettingsDocument } from './document.ts';
import { readDocument } from './migrate.ts';

export interface OpenedDocument {
  document: SettingsDocument;
  /** One sentence for the user when something was set aside; null otherwise. */
  notice: string | null;
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** `settings.json` → `settings.set-aside-20260102T030405678Z.json`. */
const asideName = (file: string, now: Date): string =>
  file.replace(/\.json$/, `.set-aside-${now.toISOString().replaceAll(/[-:.]/g, '')}.json`);

/**
 * Reads the settings file before electron-store opens it (which may clear a file it cannot parse). A file that
 * cannot be used is renamed, one that an older version wrote is copied before it is brought up to date:
 * nothing is thrown away.
 *
 * @throws When the file exists but the system does not let us read or rename it.
 */
export function openDocument(
  file: string,
  now: Date,
  read: (held: unknown) => Result<SettingsDocument, string> = readDocument,
): OpenedDocument {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return { document: defaultDocument(), notice: null };
    throw error;
  }
  const held = parseJson(text);
  const outcome = read(held);
  const aside = asideName(file, now);
  if (!outcome.ok) {
    renameSync(file, aside);
    return {
      document: defaultDocument(),
      notice: `Linkspan starts with default settings: the file could not be used (${outcome.problem}). It was kept as ${aside}.`,
    };
  }
  if (versionOf(held) !== documentVersion) copyFileSync(file, aside);
  return { document: outcome.value, notice: null };
}

/** Undefined for what is no JSON: no reader takes that for a document. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const versionOf = (held: unknown): unknown =>
  typeof held === 'object' && held !== null && 'version' in held ? held.version : undefined;
