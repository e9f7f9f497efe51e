const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.onnx': 'application/octet-stream',
  '.map': 'application/json',
};

const videoTypes: Record<string, string> = {
  '.mp4': 'video/mp4',
  '.m4v': 'video/mp4',
  '.mov': 'video/quicktime',
  '.webm': 'video/webm',
  '.mkv': 'video/x-matroska',
  '.ogv': 'video/ogg',
};

/** Extensions of the videos that can be opened, without the dot: what a file dialog wants. */
export const videoExtensions = Object.keys(videoTypes).map((extension) => extension.slice(1));

const lowerExtension = (name: string): string => {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot).toLowerCase();
};

/** Null for a kind of file that the bundle does not hold. */
export const bundleType = (name: string): string | null => types[lowerExtension(name)] ?? null;

/** Null for what is no video by its name. */
export const videoType = (name: string): string | null => videoTypes[lowerExtension(name)] ?? null;
