/**
 * Worker: puts the cloud's and this computer's pictures onto the output track. Apart from inference, which may hang and
 * is ended then, while a recording and windows hang on this track.
 */
import { MixDesk } from './mix-desk.ts';
import type { ToMixer } from './mixer-message.ts';

let desk: MixDesk | null = null;

function handle(message: ToMixer): void {
  if (message.type === 'begin') {
    const { writable, size, policy } = message;
    desk = new MixDesk(writable, size, policy, (told) => postMessage(told));
    return;
  }
  if (!desk) throw new Error(`Told ${message.type} before begin`);
  switch (message.type) {
    case 'cloud':
      desk.cloud(message.readable);
      return;
    case 'engine':
      desk.engine(message.port);
      return;
    case 'policy':
    case 'stuck':
      desk.happen(message);
      return;
    case 'size':
      desk.resize(message.size);
      return;
    case 'recording':
      desk.record(message.on);
      return;
    case 'clear':
      desk.clear();
      return;
    default:
      message satisfies never;
  }
}

addEventListener('message', (event: MessageEvent<ToMixer>) => handle(event.data));
