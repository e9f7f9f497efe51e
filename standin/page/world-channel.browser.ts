import type { PermissionAnswer, PermissionAsk } from '../wire/messages.ts';
import type { BridgeMessage, Carried } from './world-bridge.browser.ts';

/** What the two worlds of a window say to each other. */
export type WorldMessage =
  | { kind: 'bridge'; message: BridgeMessage }
  | { kind: 'expose'; name: string; api: Carried }
  | { kind: 'exposed'; error: string | null }
  | { kind: 'ask'; id: number; ask: PermissionAsk }
  | { kind: 'answer'; id: number; answer: PermissionAnswer }
  | { kind: 'open'; url: string; frameName: string; features: string };

type World = 'main' | 'isolated';

/** @param secret Random per window, so that page scripts cannot guess the event's name. */
export function openWorldChannel(
  secret: string,
  self: World,
  receive: (message: WorldMessage) => void,
): (message: WorldMessage) => void {
  const other: World = self === 'main' ? 'isolated' : 'main';
  const target = globalThis.window;
  const dispatch = target.dispatchEvent.bind(target);
  const Event = CustomEvent;
  target.addEventListener(
    `${secret}-to-${self}`,
    (event) => {
      event.stopImmediatePropagation();
      receive((event as CustomEvent<WorldMessage>).detail);
    },
    true,
  );
  return (message) => {
    dispatch(new Event(`${secret}-to-${other}`, { detail: message }));
  };
}
