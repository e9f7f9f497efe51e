/** Arithmetic on numbers that wrap at 16 bits. */
export function wrap16(value: number): number {
  return value & 0xffff;
}

/** Whether `a` is after `b`, the shorter way around. */
export function isAfter16(a: number, b: number): boolean {
  return a !== b && wrap16(a - b) < 0x8000;
}

export function wrap32(value: number): number {
  return value >>> 0;
}
