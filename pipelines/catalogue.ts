import type { PipelineDescription } from './graphs/description.ts';
import { echoTrails } from './graphs/echo-trails.ts';
import { passthrough } from './graphs/passthrough.ts';
import { sketch } from './graphs/sketch.ts';
import { thermal } from './graphs/thermal.ts';

/** The built-in pipelines. */
export const catalogue: readonly PipelineDescription[] = [sketch, thermal, echoTrails, passthrough];
