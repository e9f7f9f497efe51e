/** Whether a text can name a runner: it becomes a part of a path and of a balancer's configuration. */
export function isRunnerId(text: string): boolean {
  return /^[\w-]{1,64}$/.test(text);
}
