import { expect, it } from 'vitest';
import { initialState } from './app-state.ts';
import { reduceApp } from './reduce-app.ts';

it('the output window is opened, and closed once it is there', () => {
  const opening = reduceApp(initialState, { type: 'output-window-toggled' });
  expect(opening.effects).toContainEqual({ type: 'open-output-window' });
  expect(opening.state.outputWindow).toBe('closed');
  const open = reduceApp(opening.state, { type: 'output-window-reported', open: true }).state;
  expect(open.outputWindow).toBe('open');
  const closing = reduceApp(open, { type: 'command', command: 'output-window' });
  expect(closing.effects).toContainEqual({ type: 'close-output-window' });
  expect(reduceApp(closing.state, { type: 'output-window-reported', open: false }).state.outputWindow).toBe(
    'closed',
  );
});
