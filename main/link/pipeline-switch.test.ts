import { describe, expect, it } from 'vitest';
import { ok } from '../../shared/result.ts';
import { PipelineSwitch } from './pipeline-switch.ts';

describe('PipelineSwitch', () => {
  it('loads one after the other and skips what a later choice overtook', async () => {
    const loads = new PipelineSwitch();
    const began: string[] = [];
    const done: string[] = [];
    const first = Promise.withResolvers<void>();
    const last = Promise.withResolvers<void>();
    const request = (id: string, until: Promise<void>): void =>
      loads.request(
        async () => {
          began.push(id);
          await until;
          return ok(null);
        },
        () => {
          done.push(id);
          if (id === 'echo') last.resolve();
        },
      );
    request('sketch', first.promise);
    request('thermal', Promise.resolve());
    request('echo', Promise.resolve());
    expect(began).toEqual(['sketch']);
    first.resolve();
    await last.promise;
    expect(began).toEqual(['sketch', 'echo']);
    expect(done).toEqual(['sketch', 'echo']);
  });
});
