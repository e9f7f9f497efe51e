import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Encoded } from './codec.ts';
import { cloneOrThrow, nodeCodec } from './node-codec.ts';

const overText = (value: unknown): unknown =>
  nodeCodec.decode(JSON.parse(JSON.stringify(nodeCodec.encode(value))) as Encoded);

describe('the codec between Node and a page', () => {
  it('brings back any structured-cloneable value', () => {
    const values = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
    });
    fc.assert(
      fc.property(values, (value) => {
        expect(overText(value)).toEqual(structuredClone(value));
      }),
    );
  });

  it('keeps identity, cycles, negative zero and undefined members', () => {
    const shared = { n: -0, nothing: undefined };
    const root: Record<string, unknown> = { a: shared, b: shared };
    root.self = root;
    const back = overText(root) as typeof root;
    expect(back.self).toBe(back);
    expect(back.a).toBe(back.b);
    expect(back.a).toStrictEqual(shared);
    expect(Object.is((back.a as typeof shared).n, -0)).toBe(true);
  });

  it('keeps the type, message and stack of an error', () => {
    const error = new RangeError('too far');
    const back = overText(error) as Error;
    expect(back).toBeInstanceOf(RangeError);
    expect([back.message, back.stack]).toEqual([error.message, error.stack]);
  });

  it('is given nothing that cannot be cloned', () => {
    expect(() => cloneOrThrow([() => 1], 'An object could not be cloned.')).toThrow(
      'An object could not be cloned.',
    );
  });
});
