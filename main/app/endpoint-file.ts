import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import * as v from 'valibot';
import { fail, type Result } from '../../shared/result.ts';
import type { EndpointChoice } from '../../shared/settings/schema.ts';
import { proposedEndpoint, proposeEndpoint } from './propose-endpoint.ts';

/** What the system hands to us; `electron-builder.yml` announces the same ending. */
export const endpointFileExtension = '.linkspan';

/** A larger file is not read: an address and a name take a few hundred bytes. */
export const endpointFileMaxBytes = 64 * 1024;

const endpointFile = v.strictObject({
  /** Version of the format. */
  linkspan: v.literal(1),
  endpoint: proposedEndpoint,
});

const notOurs =
  'It is no endpoint file. One holds {"linkspan": 1, "endpoint": {"url": "wss://…", "name": "…"}} and nothing else; ' +
  'a token is entered in Linkspan itself.';
const unreadable = 'It is not there, or you may not read it.';
const tooLarge = `It is larger than the ${endpointFileMaxBytes / 1024} KiB that an endpoint file may have.`;

/**
 * Reads the text of a `.linkspan` file. It proposes an endpoint, it decides nothing, and it cannot bring a token.
 *
 * @returns The proposal, or a sentence for the user that says why there is none.
 */
export function parseEndpointFile(text: string): Result<EndpointChoice, string> {
  const json = parseJson(text);
  const parsed = v.safeParse(endpointFile, json);
  if (parsed.success) return proposeEndpoint(parsed.output.endpoint);
  return fail(isNewer(json) ? 'It was made for a newer Linkspan. Update Linkspan to use it.' : notOurs);
}

/** @see parseEndpointFile Nothing but a regular file of at most `endpointFileMaxBytes` is read. */
export async function readEndpointFile(file: string): Promise<Result<EndpointChoice, string>> {
  let handle: FileHandle;
  try {
    // Non-blocking, because opening a named pipe would wait for its writer; Windows has no such flag.
    handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch {
    return fail(unreadable);
  }
  try {
    if (!(await handle.stat()).isFile()) return fail(notOurs);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(endpointFileMaxBytes + 1));
    if (bytesRead > endpointFileMaxBytes) return fail(tooLarge);
    return parseEndpointFile(new TextDecoder().decode(buffer.subarray(0, bytesRead)));
  } catch {
    return fail(unreadable);
  } finally {
    await handle.close();
  }
}

/** Undefined for what is no JSON; no JSON text stands for that. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isNewer = (json: unknown): boolean =>
  v.is(v.object({ linkspan: v.pipe(v.number(), v.gtValue(1)) }), json);
