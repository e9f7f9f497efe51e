import type { Manifest } from '../../pipelines/manifest.ts';
import { type Result, fail, ok } from '../../shared/result.ts';

/** @returns The bytes at a path of the page's own origin, or why they cannot be had. */
async function readFile(url: string, name: string): Promise<Result<Uint8Array<ArrayBuffer>, string>> {
  try {
    const response = await fetch(url);
    if (!response.ok) return fail(`${name} cannot be read (${response.status})`);
    return ok(new Uint8Array(await response.arrayBuffer()));
  } catch (error) {
    return fail(`${name} cannot be read (${error instanceof Error ? error.message : String(error)})`);
  }
}

/** Reads a model's file and makes sure that it is the one that its manifest is about. */
export async function readModelFile(
  manifest: Manifest,
  url: string,
): Promise<Result<Uint8Array<ArrayBuffer>, string>> {
  const { file } = manifest;
  const read = await readFile(url, file);
  if (!read.ok) return read;
  const bytes = read.value;
  if (bytes.length !== manifest.bytes)
    return fail(`${file} has ${bytes.length} bytes, its manifest says ${manifest.bytes}`);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (sha256 === manifest.sha256) return read;
  return fail(`${file} has SHA-256 ${sha256}, its manifest says ${manifest.sha256}`);
}
