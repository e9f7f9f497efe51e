import { descriptionRoute } from './description.ts';
import { healthRoutes } from './health.ts';
import { metricsRoutes } from './metrics.ts';
import { modelRoutes } from './models.ts';
import { pipelineRoutes } from './pipelines.ts';
import type { Route } from './route.ts';
import { sessionRoutes } from './session.ts';
import { snapshotRoutes } from './snapshots.ts';
import { webrtcRoutes } from './webrtc.ts';

/** Everything that can be asked. */
export const routes: readonly Route[] = [
  ...healthRoutes,
  ...metricsRoutes,
  descriptionRoute(() => routes),
  ...pipelineRoutes,
  ...modelRoutes,
  ...sessionRoutes,
  ...snapshotRoutes,
  ...webrtcRoutes,
];
