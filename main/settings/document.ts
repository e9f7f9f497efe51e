import * as v from 'valibot';
import { keptAnswers } from './kept-answers.ts';
import { parametersByPipeline, userSettings } from '../../shared/settings/schema.ts';

/** Version of the settings file that this build writes. A change of shape adds one, and a migration. */
export const documentVersion = 1;

const coordinate = v.pipe(v.number(), v.integer());

const rememberedWindow = v.object({
  x: coordinate,
  y: coordinate,
  width: coordinate,
  height: coordinate,
  maximised: v.boolean(),
});

const rectangle = v.object({ x: coordinate, y: coordinate, width: coordinate, height: coordinate });

/** The clean output window. */
const rememberedOutput = v.object({
  /** The system's id of the display it was on last; null: it was not opened yet. */
  display: v.optional(v.nullable(v.number()), null),
  /** Whether it stays above all other windows. */
  onTop: v.optional(v.boolean(), false),
  /** Where it stood, by the id of the display. */
  places: v.optional(v.record(v.string(), rectangle), {}),
});

/**
 * Where the user put the runner that `npm start` offers among the others, and what they call it: its address is another
 * at each start, and is not kept. Null: it is first until another is chosen.
 */
const rememberedOffer = v.object({
  place: v.pipe(v.number(), v.integer(), v.minValue(0)),
  name: v.pipe(v.string(), v.maxLength(128)),
});

/**
 * Everything the settings file holds. Tokens are never part of it. Unknown keys are dropped, missing ones get
 * their default, so that a section that a later build adds costs no migration.
 */
export const settingsDocument = v.object({
  version: v.literal(documentVersion),
  user: v.optional(userSettings, {}),
  /** Last parameters by pipeline, the one changed last at the end. */
  parameters: v.optional(parametersByPipeline, {}),
  // Windows find a place without these; the whole file is not to be set aside for them.
  window: v.fallback(v.optional(v.nullable(rememberedWindow), null), null),
  output: v.fallback(v.optional(rememberedOutput, {}), () => v.parse(rememberedOutput, {})),
  offered: v.fallback(v.optional(v.nullable(rememberedOffer), null), null),
  /** Left out as a whole when an older or a newer build wrote what this one does not know. */
  answers: v.fallback(v.optional(keptAnswers, {}), {}),
  /** Names this installation to runners; random, says nothing about its user. Empty: not made yet. */
  userId: v.optional(v.string(), ''),
  /** Video files that the user picked or dropped, the newest last. */
  knownFiles: v.optional(v.array(v.string()), []),
  /** Whether the user was told that closing the window keeps the app in the tray. */
  toldAboutTray: v.optional(v.boolean(), false),
  /** Whether the user agreed that tokens are stored where the system offers no protection. */
  acceptsWeakStorage: v.optional(v.boolean(), false),
});

export type SettingsDocument = v.InferOutput<typeof settingsDocument>;
export type RememberedOutput = v.InferOutput<typeof rememberedOutput>;
export type RememberedWindow = v.InferOutput<typeof rememberedWindow>;

export const defaultDocument = (): SettingsDocument =>
  v.parse(settingsDocument, { version: documentVersion });
