import type { PortRange } from './runner-options.ts';
import type { Scalar } from './scalar.ts';

const give = 'two ports from 1024 to 65535, the lower first, as in 50000-50100';

/** A range of ports. */
export const portRange: Scalar<PortRange> = {
  placeholder: 'MIN-MAX',
  give: { asText: give, inFile: `${give} (a text in quotes)` },
  fromText: rangeOf,
  fromJson: (json) => (typeof json === 'string' ? rangeOf(json) : null),
  show: ({ min, max }) => `${min}-${max}`,
};

function rangeOf(given: string): PortRange | null {
  const [, min = '', max = ''] = /^(\d{4,5})-(\d{4,5})$/.exec(given) ?? [];
  const range = { min: Number(min), max: Number(max) };
  return range.min >= 1024 && range.max <= 65_535 && range.min <= range.max ? range : null;
}
