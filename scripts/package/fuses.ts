/**
 * Prints whether a packaged app has the fuses it should have, and fails when not (S9). Arguments: its folder,
 * and `--for-tests` for the variant that tests drive.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fuseProblems } from './fuse-problems.ts';

const [folder = '', ...flags] = process.argv.slice(2);
const names = ['linkspan', 'Linkspan.exe', 'Linkspan.app'];
const executable = names.map((name) => path.join(folder, name)).find((file) => existsSync(file));
if (executable === undefined) throw new Error(`None of ${names.join(', ')} lies in ${folder}.`);
const forTests = flags.includes('--for-tests');
const problems = await fuseProblems(executable, forTests);
for (const problem of problems) console.error(`${path.basename(executable)}: ${problem}`);
if (problems.length === 0) {
  const inspector = forTests ? 'the inspector open: for tests, not to be released' : 'the inspector closed';
  console.log(`   Fuses are as named in electron-builder.yml, ${inspector}`);
}
process.exitCode = problems.length === 0 ? 0 : 1;
