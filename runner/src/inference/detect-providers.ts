import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { maxReasonLength, probeLimitMs } from './defaults.ts';
import { mayHaveGpu } from './gpu-device.ts';
import { gpuProviders, type ProviderPlan, type RunnerProvider } from './provider-plan.ts';

/** What the probe's process is told at its start. */
export interface ProbeSetup {
  /** URL of the script that tries, on a thread. */
  trial: string;
  providers: readonly RunnerProvider[];
}

/** What it says of each provider, in the order in which it was given them. */
interface Finding {
  provider: RunnerProvider;
  /** Null when it can be used. */
  problem: string | null;
}

interface DetectOptions {
  /** Ends the search; what was not tried yet counts as not usable. */
  signal?: AbortSignal;
  /** Milliseconds for each provider. */
  limitMs?: number;
  /** Tests have trials that crash, hang or lie. */
  trial?: URL;
  /** Whether `auto` tries anything at all. */
  mayHaveGpu?: boolean;
}

const entry = fileURLToPath(new URL('probe-main.ts', import.meta.url));
const trialWorker = new URL('provider-trial-worker.ts', import.meta.url);

/**
 * Finds out what models can run on. A GPU's provider may be built in and yet abort the process, hang in its
 * driver or compute nonsense, so each is tried in a process that is thrown away; when one takes the process
 * with it, the next ones get a new one. This process loads no native module for it.
 *
 * @param choice `auto` tries everything if there may be a GPU, another name only that; `cpu` needs no trial.
 * @returns Never rejects, and takes at most `limitMs` for each provider; usually a second in all.
 */
export async function detectProviders(
  choice: ProviderPlan['choice'],
  options: DetectOptions = {},
): Promise<ProviderPlan> {
  const usable: RunnerProvider[] = [];
  const problems: { provider: RunnerProvider; reason: string }[] = [];
  if (choice === 'auto' && !(options.mayHaveGpu ?? mayHaveGpu())) {
    const reason = 'this machine has no GPU';
    return { choice, usable: ['cpu'], problems: gpuProviders.map((provider) => ({ provider, reason })) };
  }
  let untried = choice === 'auto' ? gpuProviders : gpuProviders.filter((name) => name === choice);
  while (untried.length > 0 && !options.signal?.aborted) {
    // oxlint-disable-next-line no-await-in-loop -- a new process only for what the last one left untried
    const findings = await probe(untried, options);
    for (const { provider, problem } of findings) {
      if (problem === null) usable.push(provider);
      else problems.push({ provider, reason: problem.replaceAll(/\s+/g, ' ').slice(0, maxReasonLength) });
    }
    untried = untried.slice(findings.length);
  }
  for (const provider of untried) problems.push({ provider, reason: 'not tried' });
  return { choice, usable: [...usable, 'cpu'], problems };
}

/**
 * Has one process try providers until it ends, hangs or has tried all.
 *
 * @returns At least one finding unless the search was ended; the last may be the one that the process died of.
 */
function probe(
  providers: readonly RunnerProvider[],
  { signal, limitMs = probeLimitMs, trial = trialWorker }: DetectOptions,
): Promise<Finding[]> {
  const setup: ProbeSetup = { trial: trial.href, providers };
  const child = fork(entry, [JSON.stringify(setup)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    // The native modules' own words are many and say less than their errors.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const { promise, resolve } = Promise.withResolvers<Finding[]>();
  const findings: Finding[] = [];
  const limit = setTimeout(() => settle(`no answer within ${limitMs / 1000} s`), limitMs);
  const abort = (): void => settle(null);

  /** @param problem What ended the trial that is under way; null when that says nothing about it. */
  function settle(problem: string | null): void {
    clearTimeout(limit);
    signal?.removeEventListener('abort', abort);
    const provider = providers[findings.length];
    const last = provider === undefined || problem === null ? [] : [{ provider, problem }];
    // Not waited for: a process that hangs inside a driver may take its time even to be killed.
    child.kill('SIGKILL');
    child.unref();
    child.channel?.unref();
    resolve([...findings, ...last]);
  }

  signal?.addEventListener('abort', abort);
  child.on('message', (finding: Finding) => {
    findings.push(finding);
    limit.refresh();
    if (findings.length === providers.length) settle(null);
  });
  child.on('error', (error) => settle(`the trial could not be started: ${error.message}`));
  // `close` comes after the last message, `exit` may come before.
  child.once('close', (code, killedBy) =>
    settle(`its trial ended the process (${killedBy ?? `exit ${code}`})`),
  );
  return promise;
}
