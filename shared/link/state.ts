import type { Fault } from './fault.ts';
import type { Strategy } from './strategy.ts';

/** What a connecting link is waiting for. */
export type Stage =
  /** TCP, TLS and the WebSocket handshake. */
  | 'dialling'
  /** The socket is open; the runner has not said `ready` (a cold start takes minutes). */
  | 'waiting'
  /** The runner loads the pipeline. */
  | 'loading'
  /** Offer, answer, ICE, DTLS. */
  | 'negotiating'
  /** Media is connected; the first picture is on its way. */
  | 'first-frame';

/** Why a link that is up is not as it should be. */
export type Degradation =
  /** Frames are due and none come; a second peer connection is being made beside the first. */
  | 'stalled'
  /** The runner is about to go away; a session elsewhere is being made before it does. */
  | 'leaving';

/**
 * The one state of the link, serialisable, at any time in exactly one variant. Times are epoch
 * milliseconds of the main process's clock.
 */
export type LinkState =
  | { phase: 'idle' }
  | { phase: 'connecting'; stage: Stage; since: number }
  /** `loading`: id of the pipeline the runner is changing to while the present one goes on, else null. */
  | { phase: 'live'; since: number; loading: string | null }
  | { phase: 'degraded'; reason: Degradation; since: number; loading: string | null }
  | {
      phase: 'recovering';
      /** What broke the link. */
      fault: Fault;
      /** What is being tried, or will be. */
      strategy: Strategy;
      /** 1-based, of this strategy. */
      attempt: number;
      /** Attempts that each strategy has. */
      attempts: number;
      /** When the next attempt starts; null while one is under way. */
      nextAttemptAt: number | null;
      /** What the attempt under way is waiting for; null between attempts. */
      stage: Stage | null;
      /** `flowing`: signalling alone was lost, and the picture goes on for as long as the runner keeps the session. */
      media: 'flowing' | 'stopped';
      since: number;
    }
  | {
      phase: 'failed';
      fault: Fault;
      /** Recovery attempts made before the link gave up; 0 when it never was live or none makes sense. */
      attempts: number;
      /** When the next slow retry starts; null while one is under way and when only the user can help. */
      nextAttemptAt: number | null;
      /** What the slow retry under way is waiting for; null between them. */
      stage: Stage | null;
      since: number;
    };

export type LinkPhase = LinkState['phase'];
