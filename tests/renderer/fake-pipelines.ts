import type { PipelineInfo } from '../../shared/wire/pipelines.ts';

/** Pipelines that between them have a control of every kind. */
export const fakePipelines: PipelineInfo[] = [
  {
    id: 'passthrough',
    title: 'Passthrough',
    description: 'The picture as it is.',
    version: '1',
    parameters: [],
  },
  {
    id: 'sketch',
    title: 'Sketch',
    description: 'Edges drawn on paper.',
    version: '1',
    parameters: [
      { kind: 'range', name: 'strength', label: 'Strength', min: 0, max: 2, step: 0.05, default: 1 },
      {
        kind: 'range',
        name: 'threshold',
        label: 'Threshold',
        description: 'Edges fainter than this are left out.',
        min: 0,
        max: 100,
        step: 1,
        default: 12,
        unit: '%',
      },
      { kind: 'color', name: 'ink', label: 'Ink', default: [0.08, 0.09, 0.12] },
      { kind: 'color', name: 'paper', label: 'Paper', default: [0.97, 0.95, 0.9] },
      { kind: 'toggle', name: 'grain', label: 'Paper grain', default: 1 },
    ],
  },
  {
    id: 'dream',
    title: 'Dream',
    description: 'A scene from words, over the source.',
    version: '2',
    parameters: [
      {
        kind: 'text',
        name: 'prompt',
        label: 'Prompt',
        description: 'What the picture should become.',
        default: 'a lighthouse in a storm, oil on canvas',
      },
      { kind: 'enum', name: 'look', label: 'Look', options: ['Oil', 'Ink', 'Photo'], default: 0 },
      { kind: 'seed', name: 'seed', label: 'Seed', default: 42 },
    ],
  },
  {
    id: 'echo',
    title: 'Echo trails',
    description: 'What moves leaves a trail.',
    version: '1',
    parameters: [],
  },
];
