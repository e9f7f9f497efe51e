import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { qualitySizes } from './quality-sizes.ts';

const free = { mode: 'any', multipleOf: 1 } as const;
const side = fc.integer({ min: 64, max: 4096 });

describe('qualitySizes', () => {
  it('takes pixels from the budget and the shape from the source', () => {
    expect(
      qualitySizes(
        [
          [512, 512],
          [256, 256],
        ],
        { width: 1280, height: 720 },
        free,
      ),
    ).toEqual([
      { width: 682, height: 384 },
      { width: 340, height: 192 },
    ]);
  });

  it('goes from the largest to the smallest, however a manifest orders them', () => {
    const sizes = qualitySizes(
      [
        [256, 256],
        [512, 512],
      ],
      { width: 512, height: 512 },
      free,
    );
    expect(sizes.map(({ width }) => width)).toEqual([512, 256]);
  });

  it('holds a size once that the source cuts twice', () => {
    expect(
      qualitySizes(
        [
          [512, 512],
          [384, 384],
        ],
        { width: 320, height: 320 },
        free,
      ),
    ).toHaveLength(1);
  });

  it('keeps to the multiple and the maximum of a model', () => {
    const image = { mode: 'any', multipleOf: 32, max: [640, 640] } as const;
    expect(qualitySizes([[4096, 4096]], { width: 1280, height: 720 }, { ...image, max: [640, 640] })).toEqual(
      [{ width: 640, height: 352 }],
    );
  });

  it('gives a model of fixed size no fewer pixels than it takes, where the source has them', () => {
    const image = { mode: 'fixed', width: 256, height: 256 } as const;
    expect(qualitySizes([[256, 256]], { width: 1280, height: 720 }, image)).toEqual([
      { width: 456, height: 256 },
    ]);
    expect(qualitySizes([[256, 256]], { width: 128, height: 128 }, image)).toEqual([
      { width: 128, height: 128 },
    ]);
  });

  it('is never larger than the source or the budget, and keeps the shape within a few pixels', () => {
    fc.assert(
      fc.property(side, side, side, side, (width, height, budgetWidth, budgetHeight) => {
        const source = { width, height };
        for (const size of qualitySizes([[budgetWidth, budgetHeight]], source, free)) {
          expect(size.width).toBeLessThanOrEqual(width);
          expect(size.height).toBeLessThanOrEqual(height);
          expect(size.width * size.height).toBeLessThanOrEqual(
            budgetWidth * budgetHeight + size.width + size.height,
          );
          expect(Math.abs(size.width / width - size.height / height) * Math.min(width, height)).toBeLessThan(
            3,
          );
        }
      }),
    );
  });
});
