import { useLayoutEffect, useRef } from 'react';
import type { Runner } from '../../../shared/ipc/runner-channels.ts';
import type { RunnerForm } from '../../state/runners-state.ts';

/** A button of a runner's row. */
export const buttonOf = (url: string, testId: string): string =>
  `[data-url="${CSS.escape(url)}"] [data-testid="${testId}"]`;

export const addButton = '[data-testid="runner-add"]';

/** Gives the focus to the first of these buttons that can take it. */
function giveFocus(buttons: readonly string[]): void {
  const found = buttons.map((selector) => document.querySelector<HTMLButtonElement>(selector));
  found.find((button) => button !== null && !button.disabled)?.focus();
}

/**
 * Keeps the focus where whoever works by keyboard goes on: with a row that moves, and at the button that had opened
 * a form which is closed.
 *
 * @returns Says, before a change of the list, which buttons may take the focus after it.
 */
export function useListFocus(
  list: readonly Runner[],
  form: RunnerForm,
): (buttons: readonly string[]) => void {
  const wanted = useRef<readonly string[]>([]);
  const before = useRef({ list, form });
  useLayoutEffect(() => {
    const earlier = before.current;
    before.current = { list, form };
    if (earlier.list !== list) {
      giveFocus(wanted.current);
      wanted.current = [];
    }
    const { form: closed } = earlier;
    if (form.mode !== 'closed' || closed.mode === 'closed' || document.activeElement !== document.body)
      return;
    giveFocus(closed.mode === 'edit' ? [buttonOf(closed.url, 'runner-edit'), addButton] : [addButton]);
  });
  return (buttons) => {
    wanted.current = buttons;
  };
}
