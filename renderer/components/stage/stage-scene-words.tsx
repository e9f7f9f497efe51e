import { Cable, Cpu, Play, Unplug, Video, VideoOff } from 'lucide-react';
import type { ReactElement } from 'react';
import { useApp, useDispatch } from '../../state/app-context.ts';
import { runsHereOnly } from '../../state/local-pipelines.ts';
import { Button } from '../controls/button.tsx';
import { ConnectingSteps } from './connecting-steps.tsx';
import { LinkActionButton } from './link-action-button.tsx';
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
      title="Add a runner"
      overPicture={previewing}
      testId="no-endpoint"
      actions={
        <>
          <Button look="primary" onClick={() => dispatch({ type: 'endpoint-wanted' })}>
            Add a runner
          </Button>
          <PreviewButton />
        </>
      }
    >
      Your source is ready. To transform it, Linkspan needs a runner: on this computer, in your network or in
      the cloud.
    </StageMessage>
  );
}

function Stopped(): ReactElement {
  const previewing = useApp((state) => state.previewing);
  const here = useApp(runsHereOnly);
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
      {here ? 'The picture will be made on this computer.' : `Streams to ${endpoint}.`}{' '}
      {previewing ? 'Nothing is sent yet.' : 'Camera and link are off.'}
    </StageMessage>
  );
}

function Failed(): ReactElement {
  const { label, detail, actions } = useLinkText();
  return (
    <StageMessage
      icon={Unplug}
      title={label}
      tone="error"
      testId="failed"
      actions={actions.map((action, rank) => (
        <LinkActionButton
          key={action}
          action={action}
          {...(rank === 0 && { look: 'primary', 'data-testid': 'way-out' })}
        />
      ))}
    >
      {detail}
    </StageMessage>
  );
}

function LocalStarting(): ReactElement {
  return (
    <StageMessage icon={Cpu} title="Starting the local model" testId="local-starting" actions={null}>
      It runs on this computer; nothing is sent anywhere.
    </StageMessage>
  );
}

function LocalFailed(): ReactElement {
  const problem = useApp(({ local }) => (local.phase === 'failed' ? local.problem : ''));
  const dispatch = useDispatch();
  return (
    <StageMessage
      icon={Cpu}
      title="The local model can’t run"
      tone="error"
      testId="local-failed"
      actions={
        <>
          <Button look="primary" onClick={() => dispatch({ type: 'panel-chosen', panel: 'pipeline' })}>
            Choose another pipeline
          </Button>
          <Button onClick={() => dispatch({ type: 'local-retried' })}>Try again</Button>
        </>
      }
    >
      {problem}
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
    case 'local-starting':
      return <LocalStarting />;
    case 'local-failed':
      return <LocalFailed />;
    case 'picture':
      return null;
    default:
      return scene satisfies never;
  }
}
