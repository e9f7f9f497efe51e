import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../setup/project.mjs';

const onlyOnce = 'failed once, passed when tried again';

/**
 * A reporter for Vitest and for Playwright alike: adds a line for each test that failed, if only once, to the file
 * that `LINKSPAN_FAILURES` names, so that `npm test` can say them again at its end, where one looks first. Writes
 * nothing when the variable is not set.
 */
export default class NameFailures {
  #file = process.env.LINKSPAN_FAILURES;

  #name(file, ...parts) {
    if (!this.#file) return;
    const where = path.relative(root, file).replaceAll('\\', '/');
    appendFileSync(this.#file, `${[where, ...parts].join(' › ')}\n`);
  }

  /** Vitest, after each test. */
  onTestCaseResult(test) {
    if (test.result().state === 'failed') this.#name(test.module.moduleId, test.fullName);
    else if (test.diagnostic()?.flaky) this.#name(test.module.moduleId, test.fullName, onlyOnce);
  }

  /** Vitest, after each group whose hooks failed. */
  onTestSuiteResult(suite) {
    if (suite.errors().length > 0) this.#name(suite.module.moduleId, suite.fullName, 'its hooks');
  }

  /** Vitest, after each file: one that failed before it had a test, by its imports or hooks. */
  onTestModuleEnd(module) {
    if (module.state() === 'failed' && module.errors().length > 0) {
      this.#name(module.moduleId, 'the file itself');
    }
  }

  /** Playwright, after each try of a test. */
  onTestEnd(test, result) {
    const name = [test.location.file, ...test.titlePath().slice(3)];
    const failed = result.status !== 'skipped' && result.status !== test.expectedStatus;
    if (failed && result.retry === test.retries) this.#name(...name);
    else if (!failed && result.retry > 0) this.#name(...name, onlyOnce);
  }

  /** Playwright asks each reporter whether it prints; the list beside this one does. */
  printsToStdio() {
    return false;
  }
}
