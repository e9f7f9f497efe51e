import { pictureOf } from '../../../shared/link/picture-of.ts';
import type { AppState } from '../../state/app-state.ts';
import { wantsStream } from '../../state/wants-source.ts';

/** What the stage is about at this moment. */
export type StageScene =
  /** There is nowhere to stream to. */
  | 'no-endpoint'
  /** The user has stopped. */
  | 'stopped'
  /** No picture has come on this link yet. */
  | 'connecting'
  /** The output picture, live or the last one while the link recovers. */
  | 'picture'
  | 'failed';

/** One scene for any state. */
export function stageScene(state: AppState): StageScene {
  if (state.endpoint === null) return 'no-endpoint';
  if (!wantsStream(state)) return 'stopped';
  const link = state.status.state;
  if (pictureOf(link) !== 'none') return 'picture';
  return link.phase === 'failed' ? 'failed' : 'connecting';
}

/** Whether the source is shown large, in the output's place. */
export function sourceFills(state: AppState): boolean {
  const scene = stageScene(state);
  return (scene === 'no-endpoint' || scene === 'stopped') && state.previewing;
}
