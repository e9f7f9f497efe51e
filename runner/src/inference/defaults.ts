/**
 * Two cores carry media, signalling and inference: one thread keeps a 512² sketch below 10 ms and leaves
 * the other core to the codec (two threads tripled the CPU of a small model when measured).
 */
export const defaultIntraOpThreads = 1;

/** A larger model would not run in real time on anything this runner is made for; it guards memory, not taste. */
export const maxModelBytes = 512 * 1024 * 1024;

/**
 * For one execution provider. CUDA reads a gigabyte of libraries and compiles its kernels at its first use, 10 s
 * on a slow disk; a load that waits for this must still be answered within the 30 s that clients wait.
 */
export const probeLimitMs = 20_000;

/**
 * Steps of 255. Providers that compute in TF32 or half precision by themselves stay within 2; one that is
 * broken is off by tens.
 */
export const trialTolerance = 6;

/** ONNX Runtime's errors may quote whole shaders; this holds the sentence that matters. */
export const maxReasonLength = 300;

/** Ours have 2 kB; 64 parameters with all their options stay below this. */
export const maxManifestBytes = 256 * 1024;
