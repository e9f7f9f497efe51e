/**
 * The pipeline of the first start, before any runner has said what it offers: the one whose effect nobody can
 * miss, and which the runner that `npm start` brings up always has. A runner without it is asked for its first.
 */
export const firstPipelineId = 'sketch';

/** Notices shown at once; the oldest goes when one more comes. */
export const noticesShown = 3;

/** Events kept of the link's history: hours of an ordinary day, and few enough to draw at once. */
export const timelineKept = 200;

/** Lines kept of the runner's log: what a screen or ten can show; the runner keeps its own. */
export const logLinesKept = 500;

/** Changes of parameters go out together this often: sixty times a second, as often as a picture can show one. */
export const parameterTurnMs = 16;

/** How long typing in a prompt must rest before it is sent: a runner may take seconds for a new prompt. */
export const promptRestMs = 350;
