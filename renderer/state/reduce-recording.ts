import { isMadeHere } from '../../shared/bridge/shown.ts';
import type { RecordingNews, SavedFile, SnapshotFacts } from '../../shared/ipc/recording-channels.ts';
import type { Result } from '../../shared/result.ts';
import { sourceLabel } from '../components/stage/source-label.ts';
import type { RecorderReport } from '../recording/recorder.ts';
import { still, type Step } from './app-effect.ts';
import type { AppState } from './app-state.ts';
import { valuesOf } from './current-pipeline.ts';
import { chosenPipelineId, localPipelineId } from './local-pipelines.ts';
import { addNotice } from './reduce-notices.ts';
import { wantsPicture } from './wants-source.ts';

export type RecordingEvent =
  | { type: 'recording-toggled' }
  | { type: 'snapshot-wanted' }
  | { type: 'record-source-chosen'; on: boolean }
  | { type: 'saved-revealed'; id: string }
  | { type: 'recorder-reported'; report: RecorderReport }
  | { type: 'snapshot-taken'; result: Result<SavedFile, string> }
  /** From main. */
  | { type: 'recording-told'; news: RecordingNews };

/** Whether there is a picture on the output that a file could hold. */
export const hasPicture = (state: AppState): boolean => wantsPicture(state) && state.shown.kind !== 'none';

function toggle(state: AppState): Step {
  switch (state.recording.phase) {
    case 'off':
      if (!hasPicture(state)) return still(addNotice(state, 'There is no picture to record yet.'));
      return {
        state: { ...state, recording: { phase: 'starting' } },
        effects: [{ type: 'start-recording', source: state.settings.recordSource }],
      };
    case 'recording':
      return end(state);
    case 'starting':
    case 'ending':
      return still(state);
    default:
      return state.recording satisfies never;
  }
}

/** Ends what runs; nothing when nothing does. */
function end(state: AppState): Step {
  if (state.recording.phase !== 'recording') return still(state);
  return {
    state: { ...state, recording: { phase: 'ending', id: state.recording.id } },
    effects: [{ type: 'end-recording' }],
  };
}

/** What the picture was made of. Of a file its name is told and its folders are not. */
function snapshotFacts(state: AppState): Omit<SnapshotFacts, 'size'> {
  const pipelineId = isMadeHere(state.shown) ? localPipelineId(state) : chosenPipelineId(state);
  return {
    pipelineId,
    parameters: pipelineId === null ? {} : valuesOf(state, pipelineId),
    shown: state.shown,
    source: { kind: state.settings.source.kind, name: sourceLabel(state) },
  };
}

function heardFromRecorder(state: AppState, report: RecorderReport): Step {
  const { recording } = state;
  switch (report.type) {
    case 'began': {
      const { id, name, since } = report;
      return still({ ...state, recording: { phase: 'recording', id, name, since, bytes: 0 } });
    }
    case 'refused':
      return {
        state: addNotice(
          { ...state, recording: { phase: 'off' } },
          `The recording could not begin. ${report.problem}`,
        ),
        effects: [{ type: 'end-recording' }],
      };
    case 'written':
      if (recording.phase !== 'recording' || recording.id !== report.id) return still(state);
      return still({ ...state, recording: { ...recording, bytes: report.bytes } });
    case 'failed':
      return broken(state, report.id, `${report.problem} ${keptWords}`);
    case 'ended':
      if (recording.phase !== 'ending' || recording.id !== report.id) return still(state);
      return still({ ...state, recording: { phase: 'off' }, finishing: [...state.finishing, report.id] });
    default:
      return report satisfies never;
  }
}

const keptWords = 'What was recorded until then is kept.';

/** Said once, by whoever notices first: main or the recorder. */
function broken(state: AppState, id: string, words: string): Step {
  if (state.recording.phase !== 'recording' || state.recording.id !== id) return still(state);
  return end(addNotice(state, `The recording has ended. ${words}`));
}

function saved(state: AppState, news: Extract<RecordingNews, { type: 'saved' }>): AppState {
  const { recording } = state;
  const isCurrent = recording.phase === 'ending' && recording.id === news.id;
  const next: AppState = {
    ...state,
    recording: isCurrent ? { phase: 'off' } : recording,
    finishing: state.finishing.filter((id) => id !== news.id),
  };
  const [first] = news.files;
  const problem = news.problem === null ? '' : ` ${news.problem}`;
  if (!first) return addNotice(next, `There is no recording.${problem}`);
  const names = news.files.map(({ name }) => name).join(' and ');
  const what = news.leftOver ? 'Linkspan ended while it recorded. Kept' : 'Recorded';
  return addNotice(next, `${what}: ${names}.${problem}`, first.id);
}

function heardFromMain(state: AppState, news: RecordingNews): Step {
  switch (news.type) {
    case 'broken':
      return broken(state, news.id, news.kept ? `${news.problem} ${keptWords}` : news.problem);
    case 'end-wanted':
      return end(state);
    case 'saved':
      return still(saved(state, news));
    default:
      return news satisfies never;
  }
}

export function reduceRecording(state: AppState, event: RecordingEvent): Step {
  switch (event.type) {
    case 'recording-toggled':
      return toggle(state);
    case 'snapshot-wanted':
      if (!hasPicture(state)) return still(addNotice(state, 'There is no picture to keep yet.'));
      return { state, effects: [{ type: 'take-snapshot', facts: snapshotFacts(state) }] };
    case 'record-source-chosen':
      return {
        state: { ...state, settings: { ...state.settings, recordSource: event.on } },
        effects: [{ type: 'patch-settings', patch: { recordSource: event.on } }],
      };
    case 'saved-revealed':
      return { state, effects: [{ type: 'reveal-saved', id: event.id }] };
    case 'recorder-reported':
      return heardFromRecorder(state, event.report);
    case 'snapshot-taken': {
      const { result } = event;
      return still(
        result.ok
          ? addNotice(state, `Snapshot: ${result.value.name}.`, result.value.id)
          : addNotice(state, `No snapshot was taken. ${result.problem}`),
      );
    }
    case 'recording-told':
      return heardFromMain(state, event.news);
    default:
      return event satisfies never;
  }
}

/** Nothing may wait for ever for an answer that will not come. */
export function recordingEffectFailed(state: AppState): Step {
  if (state.recording.phase === 'off') return still(state);
  return { state: { ...state, recording: { phase: 'off' } }, effects: [{ type: 'end-recording' }] };
}

/** A recording ends with the picture: when the user stops, nothing more is to come. */
export function settleRecording(state: AppState): Step {
  return wantsPicture(state) ? still(state) : end(state);
}
