/** Size at which the log file is set aside as `linkspan.old.log`: a day of a flapping link fits. */
export const logFileMaxBytes = 2 * 1024 * 1024;

/** Longest line written. A stack trace fits; a dumped SDP or frame does not. */
export const logLineMaxCharacters = 8_000;

export const logFileName = 'linkspan.log';
