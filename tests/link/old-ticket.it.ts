import { expect, it } from 'vitest';
import { LinkUnderTest } from './link-under-test.ts';
import { ScriptedRunner } from './scripted-runner.ts';

it('A20: a ticket of an earlier run whose own address leads nowhere costs no attempt', async () => {
  const [runner, gone] = await Promise.all([ScriptedRunner.listen(), ScriptedRunner.listen()]);
  const ownAddress = gone.url;
  await gone.close();
  const link = LinkUnderTest.plain();
  link.start(runner.url, { resume: { url: ownAddress, token: 'old', endpoint: runner.url } });
  await link.phase('live');
  expect(runner.peers[0]!.upgrade.headers['linkspan-resume']).toBe('new');
  expect(link.states.map(({ phase }) => phase)).not.toContain('failed');
  await link.host.dispose();
  await runner.close();
});
