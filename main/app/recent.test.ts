import { expect, it } from 'vitest';
import { Recent } from './recent.ts';

it('keeps the newest, in their order, as copies', () => {
  const recent = new Recent<{ n: number }>(3);
  recent.add({ n: 1 }, { n: 2 });
  recent.add({ n: 3 }, { n: 4 });
  const all = recent.all();
  expect(all).toEqual([{ n: 2 }, { n: 3 }, { n: 4 }]);
  all[0]!.n = 9;
  expect(recent.all()[0]).toEqual({ n: 2 });
});
