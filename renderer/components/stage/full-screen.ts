/** Marks the element that fills the screen: the stage with its bar. */
export const stageElementId = 'stage';

/** Fills the screen with the stage, or leaves it. Chromium refuses without a recent gesture; that is logged. */
export function toggleFullScreen(): void {
  const change = document.fullscreenElement
    ? document.exitFullscreen()
    : document.getElementById(stageElementId)?.requestFullscreen();
  change?.catch((error: unknown) => console.error('Full screen was refused', error));
}
