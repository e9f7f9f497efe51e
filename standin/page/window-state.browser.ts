import type { PageMessage } from '../wire/messages.ts';

/** Reports what the user or the page does to the window and Chromium has no protocol event for. */
export function reportWindowState(send: (message: PageMessage) => void, headless: boolean): void {
  reportTitle(send);
  window.addEventListener('fullscreenchange', () =>
    send({ kind: 'full-screen', active: document.fullscreenElement !== null }),
  );
  window.addEventListener('focus', () => send({ kind: 'focus', focused: true }));
  window.addEventListener('blur', () => send({ kind: 'focus', focused: false }));
  if (headless) return;
  window.addEventListener('resize', () =>
    send({
      kind: 'moved',
      x: window.screenX,
      y: window.screenY,
      width: window.innerWidth,
      height: window.innerHeight,
    }),
  );
}

/** Chromium's protocol tells of a title only when a document loads. */
function reportTitle(send: (message: PageMessage) => void): void {
  let last = '';
  const report = (): void => {
    if (document.title === last) return;
    last = document.title;
    send({ kind: 'title', title: last });
  };
  const observer = new MutationObserver(report);
  const observe = (): void => {
    observer.disconnect();
    observer.observe(document, { subtree: true, childList: true, characterData: true });
    report();
  };
  observe();
  // A window that another page opened keeps its window object when the first document comes in place of the empty one.
  window.addEventListener('DOMContentLoaded', observe);
}
