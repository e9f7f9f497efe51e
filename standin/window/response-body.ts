/**
 * Chromium takes a fulfilled request's body in one message, so a streamed body is collected. The open end
 * of a byte range is cut here (HTTP lets a server answer less than was asked): a player then asks for the
 * next piece, and a long video never has to fit into one message.
 */
const rangePieceBytes = 8 * 1024 * 1024;

/** Below DevTools' limit of 100 MiB for one message, base64 and headers included. */
const maxBodyBytes = 70 * 1024 * 1024;

/** What Chromium is told. */
export interface CollectedResponse {
  status: number;
  headers: Headers;
  body: Buffer;
}

interface ContentRange {
  start: number;
  end: number;
  total: string;
}

/** Null for a header that is missing or no byte range. */
function contentRangeOf(response: Response): ContentRange | null {
  const match = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(response.headers.get('content-range') ?? '');
  return match ? { start: Number(match[1]), end: Number(match[2]), total: match[3]! } : null;
}

async function collect(response: Response, limit: number): Promise<Buffer> {
  if (!response.body) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop cancels the stream, so the rest of an open range is never produced.
  for await (const chunk of response.body) {
    chunks.push(chunk as Uint8Array);
    length += (chunk as Uint8Array).byteLength;
    if (length >= limit) break;
  }
  return Buffer.concat(chunks).subarray(0, limit);
}

/**
 * @param requestedRange The request's Range header, null without one.
 * @throws {Error} For a body too large to hand over that is not the answer to a range.
 */
export async function readResponse(
  response: Response,
  requestedRange: string | null,
): Promise<CollectedResponse> {
  const { status } = response;
  const headers = new Headers(response.headers);
  const range = status === 206 ? contentRangeOf(response) : null;
  const openEnded = requestedRange !== null && /^bytes=\d+-$/.test(requestedRange.trim());
  const cut = range !== null && openEnded && range.end - range.start + 1 > rangePieceBytes;
  const body = await collect(response, cut ? rangePieceBytes : maxBodyBytes + 1);
  if (body.length > maxBodyBytes)
    throw new Error(`response body of more than ${maxBodyBytes} bytes; answer range requests with 206`);
  if (range && cut) {
    headers.set('content-range', `bytes ${range.start}-${range.start + body.length - 1}/${range.total}`);
    headers.set('content-length', String(body.length));
  }
  return { status, headers, body };
}
