/**
 * What the output window says to the page that opened it. `here`: its page is there, and can be given a picture.
 * `toggle-on-top`: the user wants it above all other windows, or no longer. `gone`: its page is.
 */
export type OutputWord = 'here' | 'toggle-on-top' | 'gone';

const words: readonly string[] = ['here', 'toggle-on-top', 'gone'] satisfies OutputWord[];

/** What is posted, so that other messages of the page are told apart. */
export interface OutputMessage {
  outputWindow: OutputWord;
}

/** The word in a message's data; null for any other message. */
export function outputWordIn(data: unknown): OutputWord | null {
  const word: unknown = typeof data === 'object' && data !== null && Reflect.get(data, 'outputWindow');
  return typeof word === 'string' && words.includes(word) ? (word as OutputWord) : null;
}

/** Name of the BroadcastChannel on which an app's page says that it was loaded, perhaps anew. */
export const openerChannel = 'linkspan-output-opener';

/** The element that the app's page gives its stream to. */
export const outputElementId = 'output';
