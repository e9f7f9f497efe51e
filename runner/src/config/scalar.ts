import path from 'node:path';

/** How one value is written: as text on the command line and in the environment, as JSON in the config file. */
export interface Scalar<Value> {
  /** Stands for the value in help and documentation. */
  readonly placeholder: string;
  /** What to write in place of a wrong value; completes "give …". */
  readonly give: { readonly asText: string; readonly inFile: string };
  /** Null when the text is none of these. */
  readonly fromText: (text: string) => Value | null;
  /**
   * Null when the JSON is none of these.
   *
   * @param folder The config file's: relative paths in it start there.
   */
  readonly fromJson: (json: unknown, folder: string) => Value | null;
  readonly show: (value: Value) => string;
}

interface TextRules<Value> {
  placeholder: string;
  give: string;
  read: (text: string) => Value | null;
}

/** A value that is a text in both places. */
export function text<Value extends string>({ placeholder, give, read }: TextRules<Value>): Scalar<Value> {
  return {
    placeholder,
    give: { asText: give, inFile: `${give} (a text in quotes)` },
    fromText: read,
    fromJson: (json) => (typeof json === 'string' ? read(json) : null),
    show: (value) => value,
  };
}

export function choice<Value extends string>(placeholder: string, values: readonly Value[]): Scalar<Value> {
  const give = `one of ${values.join(', ')}`;
  return text({ placeholder, give, read: (given) => values.find((value) => value === given) ?? null });
}

/** A path; that of the command line is relative to where the runner starts, as is that of the environment. */
export function filePath(placeholder: 'FILE' | 'DIR'): Scalar<string> {
  const give = placeholder === 'FILE' ? "a file's path" : "a folder's path";
  const plain = text({ placeholder, give, read: (given) => (given === '' ? null : given) });
  return {
    ...plain,
    fromJson(json, folder) {
      const given = plain.fromJson(json, folder);
      return given === null ? null : path.resolve(folder, given);
    },
  };
}

export function wholeNumber(min: number, max: number): Scalar<number> {
  const within = (value: number): number | null =>
    Number.isInteger(value) && value >= min && value <= max ? value : null;
  return number('N', `a whole number from ${min} to ${max}`, within, String);
}

/** A span of time, given in seconds and kept in milliseconds. */
export function seconds(min: number, max: number): Scalar<number> {
  const within = (value: number): number | null =>
    value >= min && value <= max ? Math.round(value * 1000) : null;
  return number('SECONDS', `a number of seconds from ${min} to ${max}`, within, (ms) => String(ms / 1000));
}

function number(
  placeholder: string,
  give: string,
  within: (value: number) => number | null,
  show: (value: number) => string,
): Scalar<number> {
  return {
    placeholder,
    give: { asText: give, inFile: `${give} (without quotes)` },
    fromText: (given) => (/^\d+(\.\d+)?$/.test(given) ? within(Number(given)) : null),
    fromJson: (json) => (typeof json === 'number' ? within(json) : null),
    show,
  };
}
