import { detectProviders } from '../../runner/src/inference/index.ts';

/** A runner's process that looks for providers until it is killed. */
await detectProviders('cuda', { trial: new URL('trial.fixture.ts', import.meta.url) });
