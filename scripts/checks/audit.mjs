/**
 * S15: no known vulnerability of severity "high" or above in what ships or runs in production. Where the
 * registry has no audit service, that is said and nothing is claimed; the workflow on public CI has one.
 */
import { spawnSync } from 'node:child_process';

const { stdout, stderr } = spawnSync('npm', ['audit', '--omit=dev', '--audit-level=high', '--json'], {
  encoding: 'utf8',
  shell: process.platform === 'win32',
});
const report = JSON.parse(stdout || '{}');
const found = report.metadata?.vulnerabilities;
if (!found) {
  const reason = (report.message ?? stderr).trim().split('\n').at(-1);
  console.log(`Audit not possible here (the registry answered: ${reason}). Nothing is claimed.`);
} else {
  const bad = found.high + found.critical;
  console.log(
    `Audit of production dependencies: ${bad} high or critical, ${found.moderate + found.low} lower.`,
  );
  for (const [name, entry] of Object.entries(report.vulnerabilities)) {
    if (entry.severity === 'high' || entry.severity === 'critical')
      console.error(`  ${name}: ${entry.range}`);
  }
  process.exitCode = bad === 0 ? 0 : 1;
}
