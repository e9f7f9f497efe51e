import { expect, it } from 'vitest';
import type { Shown } from '../../../shared/bridge/shown.ts';
import type { Stage } from '../../../shared/link/state.ts';
import { announcedLink } from './announced-link.ts';

const stages: Stage[] = ['dialling', 'waiting', 'loading', 'negotiating', 'first-frame'];
const announced = (shown: Shown): number =>
  new Set(
    stages.map((stage) => JSON.stringify(announcedLink({ phase: 'connecting', stage, since: 0 }, shown))),
  ).size;

it('tells each step of a link while there is no picture', () => {
  expect(announced({ kind: 'none', since: 0 })).toBe(stages.length);
});

it('tells once of a link that is made behind this computer’s picture', () => {
  expect(announced({ kind: 'local', since: 0, because: 'before-cloud' })).toBe(1);
});
