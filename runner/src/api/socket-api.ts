import * as v from 'valibot';
import type { ApiAnswer, ApiBody } from './api-types.ts';

const upload = v.object({ _base64_content: v.string(), _content_type: v.optional(v.string()) });

/** How a body travels in the socket's `api` message; bytes are base64 inside an object. */
export function bodyFromSocket(body: unknown): ApiBody {
  if (body === undefined || body === null) return { kind: 'none' };
  const binary = v.safeParse(upload, body);
  if (!binary.success) return { kind: 'json', value: body };
  return {
    kind: 'binary',
    content: Buffer.from(binary.output._base64_content, 'base64'),
    contentType: binary.output._content_type ?? 'application/octet-stream',
  };
}

/** The `data` or `error` of an `api_response`. Some clients read `media_type`, others `_content_type`. */
export function answerForSocket(answer: ApiAnswer): { status: number; data?: unknown; error?: unknown } {
  switch (answer.kind) {
    case 'empty':
      return { status: answer.status, data: null };
    case 'binary':
      return {
        status: answer.status,
        data: {
          _base64_content: answer.content.toString('base64'),
          _content_type: answer.contentType,
          _content_length: answer.content.length,
          media_type: answer.contentType,
        },
      };
    case 'json':
      if (answer.status < 400) return { status: answer.status, data: answer.value };
      return { status: answer.status, error: errorText(answer.value) };
    default:
      answer satisfies never;
      return { status: 500 };
  }
}

function errorText(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'error' in value ? value.error : value;
}
