const directives: Record<string, string> = {
  'default-src': "'none'",
  // onnxruntime compiles WebAssembly; nothing else may be made into code.
  'script-src': "'self' 'wasm-unsafe-eval'",
  'worker-src': "'self'",
  'style-src': "'self'",
  'font-src': "'self'",
  // Capture thumbnails are data URLs, snapshots are blobs.
  'img-src': "'self' data: blob:",
  // Picked videos are served from our own origin, recordings are played from blobs.
  'media-src': "'self' blob:",
  // The page never talks to a runner: main does.
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  'object-src': "'none'",
};

export const contentSecurityPolicy = Object.entries(directives)
  .map(([name, value]) => `${name} ${value}`)
  .join('; ');

/** Sent with every answer of the app's scheme, errors included. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': contentSecurityPolicy,
  // Both together make the page cross-origin isolated, which WebAssembly threads need.
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};
