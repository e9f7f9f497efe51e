/** All that runs in the output window: it says that it is there, and knows its few keys. */
import { openerChannel, type OutputMessage, type OutputWord } from './output-message.ts';

/** As in the main window's full screen: an audience is not shown the pointer. */
const pointerIdleAfterMs = 2_500;

const opener = window.opener as Window | null;

/** Nobody hears it while the opener is being loaded anew; it asks once it is there. */
function say(word: OutputWord): void {
  const message: OutputMessage = { outputWindow: word };
  opener?.postMessage(message, location.origin);
}

/** Chromium refuses without a recent gesture; that is no matter for words on a clean picture. */
function toggleFullScreen(): void {
  const change = document.fullscreenElement
    ? document.exitFullscreen()
    : document.documentElement.requestFullscreen();
  change.catch((error: unknown) => console.error('Full screen was refused', error));
}

function press(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  switch (event.key.toLowerCase()) {
    case 'f':
      toggleFullScreen();
      break;
    case 'escape':
      if (document.fullscreenElement) toggleFullScreen();
      break;
    case 't':
      say('toggle-on-top');
      break;
    case 'w':
      window.close();
      break;
    default:
      return;
  }
  event.preventDefault();
}

let idle: ReturnType<typeof setTimeout> | undefined;

function wakePointer(): void {
  clearTimeout(idle);
  document.documentElement.dataset['idle'] = 'false';
  idle = setTimeout(() => (document.documentElement.dataset['idle'] = 'true'), pointerIdleAfterMs);
}

addEventListener('keydown', press);
addEventListener('dblclick', toggleFullScreen);
addEventListener('pointermove', wakePointer);
addEventListener('pagehide', () => say('gone'));
new BroadcastChannel(openerChannel).addEventListener('message', () => say('here'));
wakePointer();
say('here');
