import { isMadeHere } from '../../../shared/bridge/shown.ts';
import { pictureOf, type Picture } from '../../../shared/link/picture-of.ts';
import type { AppState } from '../../state/app-state.ts';
import { runsHereOnly } from '../../state/local-pipelines.ts';
import { wantsPicture } from '../../state/wants-source.ts';

/** What the stage is about at this moment. */
export type StageScene =
  /** There is nowhere to stream to. */
  | 'no-endpoint'
  /** The user has stopped. */
  | 'stopped'
  /** No picture has come on this link yet. */
  | 'connecting'
  /** The output picture: this computer's, a runner's, or the last one while the link recovers. */
  | 'picture'
  /** This computer is to make the picture, and gets ready, or can't. */
  | 'local-starting'
  | 'local-failed'
  | 'failed';

/** One scene for any state. */
export function stageScene(state: AppState): StageScene {
  const { settings, endpoint, shown, local, status } = state;
  if (!wantsPicture(state))
    return settings.route === 'cloud' && endpoint === null ? 'no-endpoint' : 'stopped';
  if (isMadeHere(shown)) return 'picture';
  if (runsHereOnly(state)) {
    if (shown.kind !== 'none') return 'picture';
    return local.phase === 'failed' ? 'local-failed' : 'local-starting';
  }
  if (pictureOf(status.state) !== 'none') return 'picture';
  return status.state.phase === 'failed' ? 'failed' : 'connecting';
}

/** What the picture on screen is worth: this computer's, a runner's over a link that is up, the last one, none. */
export function pictureShown({ shown, status }: AppState): Picture | 'local' {
  const cloud = pictureOf(status.state);
  switch (shown.kind) {
    case 'local':
      return 'local';
    case 'held':
      return 'last';
    case 'cloud':
      return cloud === 'none' ? 'live' : cloud;
    case 'none':
      return cloud;
    default:
      return shown satisfies never;
  }
}

/** Whether the source is shown large, in the output's place. */
export function sourceFills(state: AppState): boolean {
  const scene = stageScene(state);
  return (scene === 'no-endpoint' || scene === 'stopped') && state.previewing;
}
