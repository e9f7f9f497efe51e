/** Name of the settings file, without its extension, in the user's data folder. */
export const settingsFile = 'settings';

/** Encrypted tokens lie apart, so that the settings can be copied and shown without them. */
export const secretsFile = 'secrets';

/** The way back to a session after a crash, encrypted. Apart too: it changes with every connection. */
export const resumeFile = 'resume';

/**
 * From a change to its write, milliseconds. At most 250 are promised (A38); the rest is for the write itself
 * and a busy loop. Not zero, because a slider that is dragged changes a value sixty times a second.
 */
export const writeDelayMs = 200;

/** Pipelines whose parameters are kept; beyond it, the one that was changed longest ago goes. */
export const pipelinesMax = 256;

/** Opened video files that may be opened again. */
export const knownFilesMax = 32;
