import * as v from 'valibot';
import { longestAddress } from '../link/endpoint-url.ts';
import { defaultRecovery, recoverySettings } from '../link/recovery-settings.ts';
import { parameterValues } from '../wire/parameters.ts';

const label = v.pipe(v.string(), v.maxLength(512));
const filePath = v.pipe(v.string(), v.maxLength(4096));

/** Where the picture comes from. A screen is asked for anew at each start: its permission does not last. */
const sourceChoice = v.variant('kind', [
  v.strictObject({ kind: v.literal('pattern') }),
  v.strictObject({ kind: v.literal('camera'), deviceId: label, label }),
  v.strictObject({ kind: v.literal('screen'), name: label }),
  /** `path` is empty for a file that was dropped and has none; it can't be reopened after a restart. */
  v.strictObject({ kind: v.literal('file'), path: filePath, name: label }),
]);

const pixels = v.pipe(v.number(), v.integer(), v.minValue(64), v.maxValue(3840));

/** Size of the frames sent to the pipeline, in pixels. */
const frameSize = v.strictObject({ width: pixels, height: pixels });

export const endpointChoice = v.strictObject({
  /** `ws:` or `wss:`, without credentials. */
  url: v.pipe(v.string(), v.maxLength(longestAddress)),
  name: v.pipe(v.string(), v.maxLength(128)),
});

const endpointList = v.pipe(v.array(endpointChoice), v.maxLength(8));

/**
 * Which way the picture goes. `auto`: the cloud's while it is live, this computer's otherwise. `cloud`: only the
 * cloud's, but for the fallback. `local`: only this computer's; nothing is sent anywhere.
 */
const route = v.picklist(['auto', 'cloud', 'local']);
const routeBack = v.picklist(['auto', 'cloud']);

/** Whether this computer's picture takes over when the cloud's stops; `ask`: the user has not said yet. */
const fallback = v.picklist(['ask', 'on', 'off']);

const pipelineName = v.pipe(v.string(), v.minLength(1), v.maxLength(64));

/** By the id of a pipeline that this computer does not have: the id of the one that stands in for it here. */
const standIns = v.record(pipelineName, pipelineName);

/** The settings that the window sees and changes. */
export const userSettings = v.object({
  source: v.optional(sourceChoice, { kind: 'pattern' }),
  frameSize: v.optional(frameSize, { width: 512, height: 512 }),
  /** Null: the endpoint that `npm start` offers, or none. */
  endpoint: v.optional(v.nullable(endpointChoice), null),
  /** Runners to go to when the chosen one can't be reached, in this order. Their tokens are kept by address, like any. */
  fallbacks: v.optional(endpointList, []),
  pipelineId: v.optional(v.nullable(v.string()), null),
  /** What the local route comes back to: the user's choice there, which the runner lacks. Null: the pipeline above. */
  keptLocal: v.optional(v.nullable(v.string()), null),
  route: v.optional(route, 'auto'),
  /** The route that the switch leads back to from the local one. */
  backTo: v.optional(routeBack, 'auto'),
  fallback: v.optional(fallback, 'ask'),
  standIns: v.optional(standIns, {}),
  /** Whether a recording holds the source beside the output. */
  recordSource: v.optional(v.boolean(), false),
  /** Whether the app streams as soon as it starts: as it was when it was last left. */
  streaming: v.optional(v.boolean(), true),
  theme: v.optional(v.picklist(['system', 'light', 'dark']), 'system'),
  /** Falls back to the defaults as a whole when a value in the file is out of range. */
  recovery: v.fallback(v.optional(recoverySettings, {}), defaultRecovery),
});

/** A change of some of them. Unknown keys are refused, and so are endpoints: `runners:save` checks those. */
export const userSettingsPatch = v.strictObject({
  source: v.exactOptional(sourceChoice),
  frameSize: v.exactOptional(frameSize),
  pipelineId: v.exactOptional(v.nullable(v.pipe(v.string(), v.maxLength(64)))),
  keptLocal: v.exactOptional(v.nullable(v.pipe(v.string(), v.maxLength(64)))),
  route: v.exactOptional(route),
  backTo: v.exactOptional(routeBack),
  fallback: v.exactOptional(fallback),
  standIns: v.exactOptional(standIns),
  recordSource: v.exactOptional(v.boolean()),
  streaming: v.exactOptional(v.boolean()),
  theme: v.exactOptional(v.picklist(['system', 'light', 'dark'])),
  recovery: v.exactOptional(recoverySettings),
});

/** Last parameters by pipeline id. */
export const parametersByPipeline = v.record(v.string(), parameterValues);

export type SourceChoice = v.InferOutput<typeof sourceChoice>;
export type FrameSize = v.InferOutput<typeof frameSize>;
export type EndpointChoice = v.InferOutput<typeof endpointChoice>;
export type Route = v.InferOutput<typeof route>;
export type Fallback = v.InferOutput<typeof fallback>;
export type UserSettings = v.InferOutput<typeof userSettings>;
export type UserSettingsPatch = v.InferOutput<typeof userSettingsPatch>;
