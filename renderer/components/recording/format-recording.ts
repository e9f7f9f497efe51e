const two = (value: number): string => String(value).padStart(2, '0');

/** `0:07`, `12:40`, `1:02:03`: as a recorder counts. Below zero is shown as zero. */
export function formatElapsed(ms: number): string {
  const seconds = Math.max(Math.floor(ms / 1000), 0);
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  const rest = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** `0 MB`, `3.4 MB`, `120 MB`, `1.25 GB`, in thousands, as file managers show it. */
export function formatBytes(bytes: number): string {
  const megabytes = bytes / 1e6;
  if (megabytes >= 999.5) return `${(megabytes / 1000).toFixed(2)} GB`;
  return `${bytes === 0 || megabytes >= 99.95 ? Math.round(megabytes) : megabytes.toFixed(1)} MB`;
}
