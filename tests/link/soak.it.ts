import { expect, it } from 'vitest';
import { soakDefaults } from '../../bench/soak/defaults.ts';
import { runSoak } from '../../bench/soak/run-soak.ts';
import { seed } from './seed.ts';

it('A minute of faults at random: live again after each, never frozen silently, nothing left', async () => {
  const { seconds, heapNoiseMiB, rssNoiseMiB, maxLegs } = soakDefaults;
  const outcome = await runSoak({ seconds, seed, log: (text) => console.log(text) });
  expect(outcome.rounds.length).toBeGreaterThan(0);
  expect(outcome.maxLegs).toBeLessThanOrEqual(maxLegs);
  expect(outcome.memory.heapGrowth).toBeLessThan(heapNoiseMiB);
  expect(outcome.memory.rssGrowth).toBeLessThan(rssNoiseMiB);
}, 300_000);
