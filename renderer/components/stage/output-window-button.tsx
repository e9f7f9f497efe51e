import { AppWindow } from 'lucide-react';
import { useEffect, type ReactElement } from 'react';
import { useApp, useDispatch, useServices } from '../../state/app-context.ts';
import { IconButton } from '../controls/icon-button.tsx';
import { stageScene } from './stage-scene.ts';

/** Opens and closes the clean output window, and gives it what the stage has: the picture, or none. */
export function OutputWindowButton(): ReactElement {
  const { media } = useServices();
  const open = useApp(({ outputWindow }) => outputWindow === 'open');
  const hasPicture = useApp((state) => stageScene(state) === 'picture');
  const dispatch = useDispatch();
  useEffect(() => media.outputWindow.show(hasPicture ? media.output : null), [media, hasPicture]);
  return (
    <IconButton
      label="Output window"
      shortcut="W"
      aria-pressed={open}
      data-testid="output-window"
      onClick={() => dispatch({ type: 'output-window-toggled' })}
    >
      <AppWindow size={18} aria-hidden />
    </IconButton>
  );
}
