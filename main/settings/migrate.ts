import * as v from 'valibot';
import { fail, ok, type Result } from '../../shared/result.ts';
import { documentVersion, settingsDocument, type SettingsDocument } from './document.ts';

/** Brings a document from one version to the next. Pure; may throw on a document that is not what it claims. */
export type Migration = (document: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/** By the version they start from. Empty until the shape changes for the first time. */
const migrations: Readonly<Record<number, Migration>> = {};

const versioned = v.looseObject({ version: v.pipe(v.number(), v.integer(), v.minValue(0)) });

/**
 * Reads what a settings file held, whatever version of the app wrote it.
 *
 * @param steps The migrations; tests pass their own.
 * @returns The document of today, or why it cannot be had.
 */
export function readDocument(
  held: unknown,
  steps: Readonly<Record<number, Migration>> = migrations,
): Result<SettingsDocument, string> {
  const found = v.safeParse(versioned, held);
  if (!found.success) return fail('it has no version');
  let document: Record<string, unknown> & { version: number } = found.output;
  if (document.version > documentVersion)
    return fail(`a newer Linkspan (version ${document.version}) wrote it`);
  while (document.version < documentVersion) {
    const step = steps[document.version];
    if (step === undefined) return fail(`version ${document.version} can no longer be read`);
    try {
      document = { ...step(document), version: document.version + 1 };
    } catch (error) {
      return fail(`it could not be brought up to date: ${String(error)}`);
    }
  }
  const parsed = v.safeParse(settingsDocument, document);
  if (parsed.success) return ok(parsed.output);
  const [issue] = parsed.issues;
  return fail(`${v.getDotPath(issue) ?? 'it'} is not valid: ${issue.message}`);
}
