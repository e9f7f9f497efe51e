import type { RunnerLeg } from '../link/media-port.ts';

/**
 * Stands between the runners and the relay, so that a test or a development build can make a runner's media vanish as
 * a network does: nothing is told, the connection stays up, and counters and frames stand still. There is none in a
 * packaged app.
 */
export interface MediaTap {
  /**
   * Asked for each packet of media, RTP and RTCP alike, before anything is made of it. It is on the path of every
   * packet: keep it short.
   *
   * @param leg Whose packet it is. A tap that freezes one leg lets the next pass, or nothing could ever recover.
   */
  fromRunner(leg: RunnerLeg): 'pass' | 'drop';
}
