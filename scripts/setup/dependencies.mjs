import { run } from './project.mjs';
import { digest, stamp } from './stamp.mjs';

const inputs = ['package-lock.json', 'package.json', 'runner/package.json', '.npmrc'];

/** `npm ci`, when the lockfile or a manifest changed since the last time. */
export function installDependencies() {
  const wanted = digest(inputs);
  const done = stamp('node_modules/.linkspan-installed');
  if (done.matches(wanted)) return;
  console.log('Installing dependencies (npm ci) …');
  run('npm ci', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  done.write(wanted);
}
