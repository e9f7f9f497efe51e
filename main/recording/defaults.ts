/** Pieces of a file that wait for the disk, bytes: half a minute of a large picture. More means it cannot keep up. */
export const maxWaitingBytes = 64 * 1024 * 1024;

/**
 * How long the page may take to hand in the last piece when the app quits, milliseconds: what it holds is a second
 * old at most, and encoding what is left takes a few frames' time.
 */
export const lastPieceMaxMs = 1_000;

/** Length of the pieces that a file is looked through in, bytes: one read each, and little memory. */
export const scanBytes = 256 * 1024;

/** Memory that reading a file may take while it is made seekable, bytes. Packets are copied in order: little helps. */
export const readCacheBytes = 4 * 1024 * 1024;

/** Length of the pieces that the new file is written in, bytes: with 16 MiB, the default, memory was seen to grow to 440 MB. */
export const writePieceBytes = 256 * 1024;

/**
 * Least seconds between two points that can be jumped to. The recorder asks for a key frame every other second, and
 * only those can be jumped to at all.
 */
export const seekPointSeconds = 1;

/**
 * Largest file without a picture that is taken for one in which nothing had been recorded yet, bytes: the header and
 * the beginning of a first frame. A larger one is kept, since something may still be saved from it.
 */
export const emptyMaxBytes = 64 * 1024;
