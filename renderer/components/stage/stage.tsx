import { useRef, type ReactElement } from 'react';
import { useApp, useServices } from '../../state/app-context.ts';
import { stageElementId } from './full-screen.ts';
import { LinkBanner } from './link-banner.tsx';
import { LiveVideo } from './live-video.tsx';
import { sourceLabel } from './source-label.ts';
import { StageBar } from './stage-bar.tsx';
import { ShownLabel } from '../bridge/shown-label.tsx';
import { pictureShown, sourceFills, stageScene } from './stage-scene.ts';
import { StageSceneWords } from './stage-scene-words.tsx';
import styles from './stage.module.css';
import { useFrameMeter } from './use-frame-meter.ts';
import { useFullScreen } from './use-full-screen.ts';
import { useIdlePointer } from './use-idle-pointer.ts';

/** The big picture, the source beside it, and what there is to say and do about them. */
export function Stage(): ReactElement {
  const { media } = useServices();
  const output = useRef<HTMLVideoElement>(null);
  const source = useRef<HTMLVideoElement>(null);
  const fps = useFrameMeter(output);
  const scene = useApp(stageScene);
  const picture = useApp(pictureShown);
  const fills = useApp(sourceFills);
  const sourceView = useApp((state) => state.sourceView);
  const size = useApp((state) => state.settings.frameSize);
  const label = useApp(sourceLabel);
  const fullScreen = useFullScreen();
  const idle = useIdlePointer(fullScreen);
  const streaming = scene !== 'no-endpoint' && scene !== 'stopped';
  const view = fills ? 'fill' : streaming ? sourceView : 'hidden';

  return (
    <section
      id={stageElementId}
      className={styles.stage}
      aria-label="Stage"
      data-scene={scene}
      data-view={view}
      data-idle={idle}
      data-testid="stage"
    >
      <div className={styles.pictures}>
        <figure
          className={styles.output}
          data-shown={scene === 'picture'}
          data-picture={picture}
          data-testid="output"
        >
          <LiveVideo
            ref={output}
            stream={media.output}
            label="Output"
            className={styles.video}
            testId="output-video"
          />
          <ShownLabel />
        </figure>
        <figure
          className={styles.source}
          style={view === 'corner' ? { aspectRatio: `${size.width} / ${size.height}` } : {}}
        >
          <LiveVideo
            ref={source}
            stream={media.source}
            label={`Source: ${label}`}
            className={styles.video}
            testId="source-video"
          />
          <figcaption className={styles.caption}>{label}</figcaption>
        </figure>
        <LinkBanner />
        {scene !== 'picture' && (
          <div className={styles.words}>
            <StageSceneWords />
          </div>
        )}
      </div>
      <StageBar fps={fps} fullScreen={fullScreen} />
    </section>
  );
}
