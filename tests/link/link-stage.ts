import { afterEach } from 'vitest';
import { LinkUnderTest } from './link-under-test.ts';
import { ScriptedRunner, type Script } from './scripted-runner.ts';

export interface LinkStage {
  /** A scripted runner; agreeable by default. */
  runnerThat: (script?: Partial<Script>) => Promise<ScriptedRunner>;
  /** A link with media that the test plays. */
  newLink: typeof LinkUnderTest.plain;
}

/** Links and scripted runners for the tests of one file. After each test all of them are ended. */
export function linkStage(): LinkStage {
  const runners: ScriptedRunner[] = [];
  const links: LinkUnderTest[] = [];

  afterEach(async () => {
    await Promise.all(links.splice(0).map((link) => link.host.dispose()));
    await Promise.all(runners.splice(0).map((runner) => runner.close()));
  });

  return {
    async runnerThat(script = {}) {
      const runner = await ScriptedRunner.listen(script);
      runners.push(runner);
      return runner;
    },
    newLink(...options) {
      const link = LinkUnderTest.plain(...options);
      links.push(link);
      return link;
    },
  };
}
