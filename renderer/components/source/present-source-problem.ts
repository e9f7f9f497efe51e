import type { SourceProblem } from '../../capture/source-problem.ts';

/** A source's problem in words: what is so, and what to do. The test pattern is on meanwhile. */
export function presentSourceProblem(problem: SourceProblem): { title: string; advice: string } {
  switch (problem.kind) {
    case 'denied':
      return problem.what === 'camera'
        ? {
            title: 'The camera may not be used',
            advice: 'Allow Linkspan to use it in the system’s privacy settings.',
          }
        : {
            title: 'The screen may not be captured',
            advice: 'Allow screen recording in the system’s privacy settings.',
          };
    case 'no-camera':
      return { title: 'No camera found', advice: 'Plug one in: it is used as soon as it is there.' };
    case 'unplugged':
      return {
        title: `${problem.label === '' ? 'The camera' : problem.label} is gone`,
        advice: 'The test pattern stands in. The camera is used again as soon as it is plugged in.',
      };
    case 'busy':
      return {
        title: `${problem.label === '' ? 'The camera' : problem.label} is in use`,
        advice: 'Close the program that uses it, then choose it again.',
      };
    case 'screen-ended':
      return {
        title: 'The capture has ended',
        advice: `“${problem.name}” was closed, or sharing was stopped.`,
      };
    case 'choose-again':
      return problem.what === 'screen'
        ? {
            title: 'Choose the screen again',
            advice: `“${problem.name}” has to be allowed anew after a restart.`,
          }
        : {
            title: 'Choose the file again',
            advice: `“${problem.name}” was dropped without a path to find it by.`,
          };
    case 'file-missing':
      return {
        title: 'The file is gone',
        advice: `“${problem.name}” was moved, renamed or deleted. Choose another.`,
      };
    case 'file-unplayable':
      return {
        title: 'The file cannot be played',
        advice: `“${problem.name}” is no video that can be read here. MP4 (H.264) and WebM work.`,
      };
    case 'failed':
      return { title: 'The source failed', advice: problem.detail };
    default:
      return problem satisfies never;
  }
}
