/*
 * Breaks the link at random for as long as asked and looks for what that leaves. LINKSPAN_BENCH='{"seconds":1800}'
 * soaks for half an hour, LINKSPAN_BENCH='{"seed":7}' plays the faults of seed 7.
 */
import { randomInt } from 'node:crypto';
import { report } from '../result.ts';
import { soakDefaults } from './defaults.ts';
import { runSoak } from './run-soak.ts';
import { rowsOf } from './summary.ts';

const wanted = JSON.parse(process.env['LINKSPAN_BENCH'] ?? '{}') as { seconds?: number; seed?: number };
const { seconds = soakDefaults.seconds, seed = randomInt(2 ** 31) } = wanted;

const outcome = await runSoak({ seconds, seed, log: (text) => void process.stderr.write(`${text}\n`) });
report({
  title: 'Soak: a link that is broken at random, and what is left of it',
  rows: rowsOf(outcome),
  raw: outcome,
});
