const typing =
  'input, textarea, select, [contenteditable], [role="dialog"], [role="listbox"], [role="slider"]';

/** Whether the key already means something to the element that has the focus: letters to fields, Space to buttons. */
export function isOperated(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest(typing)) return true;
  return key === ' ' && target.closest('button, a, [role="switch"], [role="tab"]') !== null;
}
