/** Ethernet's 1,500 bytes without the headers of IP and TCP and without timestamps. */
const segmentBytes = 1_448;
/** RFC 6298, 2.5 allows a limit of 60 s or more; Linux has this one. */
const longestRtoMs = 120_000;

/**
 * How much later than without loss the last of these bytes arrives.
 *
 * Each segment is sent again after `rtoMs`, then after twice that, until it gets through. Quicker ways of TCP to
 * notice a loss need more traffic than signalling makes.
 *
 * @param random In [0, 1), asked once per transmission.
 */
export function retransmissionMs(
  { loss, rtoMs }: { loss: number; rtoMs: number },
  bytes: number,
  random: () => number,
): number {
  if (loss === 0) return 0;
  let worst = 0;
  for (let sent = 0; sent === 0 || sent < bytes; sent += segmentBytes) {
    let late = 0;
    for (let rto = rtoMs; random() < loss; rto = Math.min(2 * rto, longestRtoMs)) late += rto;
    worst = Math.max(worst, late);
  }
  return worst;
}
