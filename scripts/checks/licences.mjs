/**
 * S15: the licences of everything that ships in the app or runs in the runner, kept in
 * THIRD-PARTY-LICENCES.md. Fails when the list is out of date or a licence does not fit Apache-2.0;
 * `--write` brings the list up to date.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const list = 'THIRD-PARTY-LICENCES.md';
/** MPL-2.0 binds only changes to its own files; nothing here changes them. */
const fits =
  /^\(?(MIT|MIT-0|ISC|BSD-2-Clause|BSD-3-Clause|0BSD|Apache-2\.0|MPL-2\.0|BlueOak-1\.0\.0|Python-2\.0|Unlicense|CC0-1\.0|WTFPL)( OR .*)?\)?$/;
/** Build-time packages whose code is bundled into the window. */
const bundled = ['react', 'react-dom', '@base-ui/react', 'lucide-react', 'onnxruntime-web', 'mediabunny'];

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));

/** Where node would find `name` from inside `from`, as a key of the lockfile. */
function locate(name, from) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    const key = `${at ? `${at}/` : ''}node_modules/${name}`;
    if (packages[key]) return key;
    if (at === '') return null;
  }
}

const shipped = new Set();
const queue = [...Object.keys(packages[''].dependencies), ...bundled].map((name) => [name, '']);
queue.push(...Object.keys(packages.runner.dependencies).map((name) => [name, 'runner']));
while (queue.length > 0) {
  const [name, from] = queue.pop();
  const key = locate(name, from);
  if (!key || shipped.has(key)) continue;
  shipped.add(key);
  const { dependencies = {}, optionalDependencies = {} } = packages[key];
  queue.push(
    ...Object.keys({ ...dependencies, ...optionalDependencies }).map((dependency) => [dependency, key]),
  );
}

const rows = [...shipped]
  .toSorted((a, b) => (a < b ? -1 : 1))
  .map((key) => {
    const { version, license = 'unknown' } = packages[key];
    return { name: key.slice(key.lastIndexOf('node_modules/') + 13), version, license };
  });
const unfit = rows.filter(({ license }) => !fits.test(license));
const text = `# Third-party licences

What ships in the app or runs in the runner. Kept by \`node scripts/checks/licences.mjs --write\`.

| package | version | licence |
| --- | --- | --- |
${rows.map(({ name, version, license }) => `| ${name} | ${version} | ${license} |`).join('\n')}
`;
if (process.argv.includes('--write')) writeFileSync(list, text);
const upToDate = readFileSync(list, { encoding: 'utf8', flag: 'a+' }) === text;
if (!upToDate) console.error(`${list} is out of date: run "node scripts/checks/licences.mjs --write".`);
for (const { name, license } of unfit) console.error(`${name}: the licence ${license} is not one that fits.`);
if (upToDate && unfit.length === 0) console.log(`${rows.length} packages, every licence listed and fitting.`);
process.exitCode = upToDate && unfit.length === 0 ? 0 : 1;
