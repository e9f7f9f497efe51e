/**
 * Removes what must not leave the machine from text: tokens that the app knows, and whatever looks like a
 * credential although it does not know it.
 *
 * Known secrets are the strong half: they are found wherever and however they stand, so no log line can leak
 * a stored token. The patterns are the weak half, for secrets that only ever pass through (a TURN password,
 * a query token in an address that was just typed).
 */
export interface Redactor {
  /** Makes a secret known, for good. Shorter than {@link minSecretLength} is ignored. */
  know(secret: string): void;
  redact(text: string): string;
}

/** A shorter text is no secret, and removing it would make the log unreadable. */
export const minSecretLength = 4;

const mark = '[redacted]';

const secretNames = [
  'access[_-]?token',
  'refresh[_-]?token',
  'resume[_-]?token',
  'linkspan-resume',
  'token',
  'api[_-]?key',
  'secret',
  'password',
  'passwd',
  'pwd',
  'credential',
  'authorization',
  'signature',
  'sig',
].join('|');

const patterns: readonly [RegExp, string][] = [
  // Authorization headers, whatever stands around them.
  [/\b(bearer|basic)\s+[^\s"',;]+/gi, `$1 ${mark}`],
  // User and password of an address.
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/?#"'<>]*@/gi, `$1${mark}@`],
  // Secrets in a query.
  [new RegExp(`([?&;#](?:${secretNames}|key|auth|code)=)[^\\s&#"'<>]+`, 'gi'), `$1${mark}`],
  // JSON, headers and inspected objects: the value after a telling name.
  [
    new RegExp(
      `(["']?\\b(?:${secretNames})["']?\\s*[:=]\\s*)("(?:[^"\\\\]|\\\\.)*"|'(?:[^'\\\\]|\\\\.)*'|[^\\s,;}&]+)`,
      'gi',
    ),
    `$1${mark}`,
  ],
  // An SDP's ICE password lets anybody who reads it take part in the connection.
  [/\b(a=ice-pwd:)\S+/gi, `$1${mark}`],
];

/** The forms in which a secret may stand in a text. */
function spellings(secret: string): string[] {
  const quoted = JSON.stringify(secret).slice(1, -1);
  const base64 = Buffer.from(secret).toString('base64');
  // Inspecting escapes single quotes and backslashes its own way.
  const inspected = secret.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
  return [secret, quoted, inspected, encodeSafely(secret), base64, base64.replace(/=+$/, '')];
}

/** A lone surrogate has no URL form; such a secret can't stand in an address either. */
function encodeSafely(secret: string): string {
  return secret.isWellFormed() ? encodeURIComponent(secret) : secret;
}

export function createRedactor(): Redactor {
  const known = new Set<string>();
  let longestFirst: string[] = [];
  return {
    know(secret) {
      if (secret.length < minSecretLength) return;
      for (const spelling of spellings(secret)) known.add(spelling);
      longestFirst = [...known].toSorted((a, b) => b.length - a.length);
    },
    redact(text) {
      let clean = text;
      for (const secret of longestFirst) clean = clean.replaceAll(secret, mark);
      for (const [pattern, replacement] of patterns) clean = clean.replace(pattern, replacement);
      return clean;
    },
  };
}
