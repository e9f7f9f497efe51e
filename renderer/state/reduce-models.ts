import { parseManifest, type Manifest } from '../../pipelines/manifest.ts';
import type { ModelCandidate, UserModels } from '../../shared/ipc/model-channels.ts';
import { ok, type Result } from '../../shared/result.ts';
import { firstAnswers } from '../models/answers.ts';
import { explainProblem } from '../models/explain-problem.ts';
import { inferModel } from '../models/infer-model.ts';
import { makeManifest } from '../models/make-manifest.ts';
import type { Tried } from '../models/try-model.ts';
import { still, type AppEffect, type Step } from './app-effect.ts';
import type { AppState } from './app-state.ts';
import type { ModelsEvent } from './models-event.ts';
import type { AddingModel, CandidateSubject, ModelsState } from './models-state.ts';
import { dropLost } from './choose-pipeline.ts';
import { addNotice } from './reduce-notices.ts';

type Describing = Extract<AddingModel, { phase: 'describing' }>;

const withAdding = (state: AppState, adding: AddingModel): AppState => ({
  ...state,
  models: { ...state.models, adding },
});

/** The list as main tells it. The same models stay the same objects, so that nothing is loaded anew for them. */
export function knownModels(before: ModelsState, { models, problems }: UserModels): ModelsState {
  const own = models.flatMap(({ manifest, url }) => {
    const parsed = parseManifest(manifest);
    if (!parsed.ok) return [];
    const same = before.own.find(
      (model) => model.url === url && JSON.stringify(model.manifest) === JSON.stringify(parsed.value),
    );
    return [same ?? { manifest: parsed.value, url, origin: 'user' as const }];
  });
  const isSame = own.length === before.own.length && own.every((model, index) => model === before.own[index]);
  return {
    ...before,
    own: isSame ? before.own : own,
    licensed: models.flatMap(({ id, hasLicence }) => (hasLicence ? [id] : [])),
    problems,
  };
}

function listed(before: AppState, models: ModelsState): Step {
  // One that is being written anew, or whose disk is away, is there again in a moment: saved ones lie in a folder of
  // their id, and `models` stands for all of them.
  const unread = new Set(models.problems.map(({ folder }) => folder));
  const gone = before.models.own.flatMap(({ manifest: { id } }) =>
    unread.has(id) || unread.has('models') ? [] : [id],
  );
  return gone.reduce(
    (step: Step, id) => {
      const { state, effects } = dropLost(step.state, id);
      return { state, effects: [...step.effects, ...effects] };
    },
    still({ ...before, models }),
  );
}

/** What is to be saved, as far as it is known. */
function candidateManifest(
  subject: CandidateSubject,
  { opset }: ModelCandidate,
  trial: Tried | null,
): Result<Manifest, string> {
  if (subject.kind === 'described') return ok(subject.manifest);
  return makeManifest(subject.model, subject.answers, opset, trial?.fitting ?? null);
}

/** Gives a candidate up: its copy goes, and the user learns why. */
function refuse(state: AppState, { id, name }: ModelCandidate, problem: string): Step {
  return {
    state: withAdding(state, { phase: 'refused', name, problem }),
    effects: [{ type: 'discard-model', candidate: id }],
  };
}

function describe(state: AppState, candidate: ModelCandidate, subject: CandidateSubject): Step {
  const manifest = candidateManifest(subject, candidate, null);
  if (!manifest.ok) return refuse(state, candidate, explainProblem(manifest.problem));
  const described = subject.kind === 'described';
  return {
    state: withAdding(state, {
      phase: 'describing',
      candidate,
      subject,
      trial: null,
      save: { phase: 'none' },
    }),
    effects: [{ type: 'try-model', candidate, manifest: manifest.value, described }],
  };
}

function staged(state: AppState, result: Result<ModelCandidate, string> | null): Step {
  if (state.models.adding.phase !== 'copying') {
    // It was dismissed meanwhile, or another one was faster.
    return { state, effects: result?.ok ? [{ type: 'discard-model', candidate: result.value.id }] : [] };
  }
  if (result === null) return still(withAdding(state, { phase: 'none' }));
  if (!result.ok) return still(withAdding(state, { phase: 'refused', name: null, problem: result.problem }));
  const candidate = result.value;
  const described = candidate.manifest === null ? null : parseManifest(candidate.manifest);
  if (described?.ok) return describe(state, candidate, { kind: 'described', manifest: described.value });
  return {
    state: withAdding(state, { phase: 'inspecting', candidate }),
    effects: [{ type: 'inspect-model', candidate }],
  };
}

function inspected(state: AppState, event: Extract<ModelsEvent, { type: 'model-inspected' }>): Step {
  const { adding } = state.models;
  if (adding.phase !== 'inspecting' || adding.candidate.id !== event.candidate) return still(state);
  const { candidate } = adding;
  if (!event.result.ok) return refuse(state, candidate, explainProblem(event.result.problem));
  const model = inferModel(event.result.value);
  if (!model.ok) return refuse(state, candidate, model.problem);
  const answers = firstAnswers(model.value, candidate);
  return describe(state, candidate, { kind: 'inferred', model: model.value, answers });
}

function save(state: AppState, adding: Describing): Step {
  const { candidate, subject, trial } = adding;
  if (trial === null || adding.save.phase === 'saving') return still(state);
  const manifest = candidateManifest(subject, candidate, trial);
  if (!manifest.ok) {
    const { problem } = manifest;
    return still(withAdding(state, { ...adding, save: { phase: 'refused', problem } }));
  }
  return {
    state: withAdding(state, { ...adding, save: { phase: 'saving' } }),
    effects: [{ type: 'save-model', candidate: candidate.id, manifest: manifest.value }],
  };
}

/** The copy of whatever was on its way is of no more use. */
function leaving(adding: AddingModel): AppEffect[] {
  const candidate = adding.phase === 'inspecting' || adding.phase === 'describing' ? adding.candidate : null;
  return candidate === null ? [] : [{ type: 'discard-model', candidate: candidate.id }];
}

/** Everything about a candidate that is being described. */
function describing(state: AppState, adding: Describing, event: ModelsEvent): Step {
  switch (event.type) {
    case 'model-tried': {
      if (event.candidate !== adding.candidate.id) return still(state);
      if (!event.result.ok) return refuse(state, adding.candidate, explainProblem(event.result.problem));
      return still(withAdding(state, { ...adding, trial: event.result.value }));
    }
    case 'model-answered': {
      if (adding.subject.kind !== 'inferred') return still(state);
      const subject = { ...adding.subject, answers: event.answers };
      return still(withAdding(state, { ...adding, subject, save: { phase: 'none' } }));
    }
    case 'save-model':
      return save(state, adding);
    case 'model-saved': {
      const { candidate, title, result } = event;
      if (candidate !== adding.candidate.id) return still(state);
      if (result.ok) return still(withAdding(state, { phase: 'added', id: result.value.id, title }));
      return still(withAdding(state, { ...adding, save: { phase: 'refused', problem: result.problem } }));
    }
    default:
      return still(state);
  }
}

/** Everything about the user's own models: which there are, and one that is being added. */
export function reduceModels(state: AppState, event: ModelsEvent): Step {
  const { adding } = state.models;
  switch (event.type) {
    case 'models-known':
      return listed(state, knownModels(state.models, event.models));
    case 'models-wanted':
      return { state, effects: state.boot.phase === 'ready' ? [{ type: 'list-models' }] : [] };
    case 'models-folder-wanted':
      return { state, effects: [{ type: 'open-models-folder' }] };
    case 'model-copying':
      return {
        state: withAdding({ ...state, panel: 'models' }, { phase: 'copying' }),
        effects: leaving(adding),
      };
    case 'model-staged':
      return staged(state, event.result);
    case 'model-inspected':
      return inspected(state, event);
    case 'model-dismissed':
      return { state: withAdding(state, { phase: 'none' }), effects: leaving(adding) };
    case 'remove-model':
      return { state, effects: [{ type: 'remove-model', id: event.id }] };
    case 'model-removed':
      return still(event.result.ok ? state : addNotice(state, event.result.problem));
    default:
      return adding.phase === 'describing' ? describing(state, adding, event) : still(state);
  }
}
