import { Cable, Play, Unplug, Video, VideoOff } from 'lucide-react';
import type { ReactElement } from 'react';
import { presentLink, type LinkAction } from '../../../shared/link/present-link.ts';
import { useApp, useDispatch } from '../../state/app-context.ts';
import { Button } from '../controls/button.tsx';
import { ConnectingSteps } from './connecting-steps.tsx';
import { stageScene } from './stage-scene.ts';
import { StageMessage } from './stage-message.tsx';
import { useLinkText } from './use-link-text.ts';

function PreviewButton(): ReactElement {
  const previewing = useApp((state) => state.previewing);
  const dispatch = useDispatch();
  const Icon = previewing ? VideoOff : Video;
  return (
    <Button
      aria-pressed={previewing}
      onClick={() => dispatch({ type: 'preview-toggled' })}
      data-testid="preview"
    >
      <Icon size={16} aria-hidden /> {previewing ? 'Hide source' : 'Preview source'}
    </Button>
  );
}

function NoEndpoint(): ReactElement {
  const previewing = useApp((state) => state.previewing);
  const dispatch = useDispatch();
  return (
    <StageMessage
      icon={Cable}
      title="Add an endpoint"
      overPicture={previewing}
      testId="no-endpoint"
      actions={
        <>
          <Button look="primary" onClick={() => dispatch({ type: 'endpoint-wanted' })}>
            Add an endpoint
          </Button>
          <PreviewButton />
        </>
      }
    >
      Your source is ready. To transform it, Linkspan needs a runner: on this machine, in your network or in
      the cloud.
    </StageMessage>
  );
}

function Stopped(): ReactElement {
  const previewing = useApp((state) => state.previewing);
  const endpoint = useApp((state) => state.endpoint?.name ?? '');
  const dispatch = useDispatch();
  return (
    <StageMessage
      icon={Play}
      title="Ready"
      overPicture={previewing}
      testId="stopped"
      actions={
        <>
          <Button look="primary" onClick={() => dispatch({ type: 'start' })}>
            <Play size={16} aria-hidden /> Start
          </Button>
          <PreviewButton />
        </>
      }
    >
      Streams to {endpoint}. {previewing ? 'Nothing is sent yet.' : 'Camera and link are off.'}
    </StageMessage>
  );
}

const actionLabels: Record<LinkAction, string> = {
  start: 'Start again',
  stop: 'Stop',
  retry: 'Retry now',
  'edit-endpoint': 'Change the endpoint',
  'enter-token': 'Enter the token',
};

function Failed(): ReactElement {
  const { label, detail } = useLinkText();
  // Which way out there is depends on the fault alone, not on the time.
  const link = useApp(({ status }) => status.state);
  const { action } = presentLink(link, 0);
  const dispatch = useDispatch();
  const leadsToEndpoint = action === 'edit-endpoint' || action === 'enter-token';
  return (
    <StageMessage
      icon={Unplug}
      title={label}
      tone="error"
      testId="failed"
      actions={
        <>
          <Button
            look="primary"
            data-testid="way-out"
            onClick={() =>
              dispatch({ type: leadsToEndpoint ? 'endpoint-wanted' : action === 'start' ? 'start' : 'retry' })
            }
          >
            {actionLabels[action ?? 'retry']}
          </Button>
          {leadsToEndpoint && <Button onClick={() => dispatch({ type: 'retry' })}>Retry now</Button>}
          <Button onClick={() => dispatch({ type: 'stop' })}>Stop</Button>
        </>
      }
    >
      {detail}
    </StageMessage>
  );
}

/** The words on the stage; nothing while there is a picture. */
export function StageSceneWords(): ReactElement | null {
  const scene = useApp(stageScene);
  switch (scene) {
    case 'no-endpoint':
      return <NoEndpoint />;
    case 'stopped':
      return <Stopped />;
    case 'connecting':
      return <ConnectingSteps />;
    case 'failed':
      return <Failed />;
    case 'picture':
      return null;
    default:
      return scene satisfies never;
  }
}
