import { ok, fail } from '../../../shared/result.ts';
import { createEngine } from '../inference/index.ts';
import type { AnyRequest, FromProcess, ProcessSetup, ToProcess } from '../session/process-messages.ts';
import { frameCountsIntervalMs, pictureMs } from './defaults.ts';
import { encodePng } from './encode-png.ts';
import { FramePath } from './frame-path.ts';
import { MediaSession } from './media-session.ts';
import { toRgba } from './wrtc.ts';

/** Entry of a session's process. Its one argument is a `ProcessSetup` as JSON. */
const setup = JSON.parse(process.argv[2] ?? '{"modelDirs":[],"threads":1,"udpPorts":null}') as ProcessSetup;
const log = (line: string): void => send({ type: 'log', line });
const engine = createEngine({
  modelDirs: setup.modelDirs,
  intraOpThreads: setup.threads,
  log,
});
const frames = new FramePath(engine);
engine.onFailure((problem) => {
  // The picture goes on, untransformed, rather than stand still.
  frames.setPipeline('none');
  send({ type: 'pipeline-failed', problem });
});
let counting: NodeJS.Timeout | null = null;
const media = new MediaSession({
  engine,
  frames,
  udpPorts: setup.udpPorts,
  log,
  onState(mediaId, state) {
    send({ type: 'media', mediaId, state });
    if (state === 'connected') startCounting();
  },
});

function send(message: FromProcess): void {
  if (process.connected) process.send?.(message);
}

function startCounting(): void {
  frames.takeCounts();
  counting ??= setInterval(() => {
    const rssBytes = process.memoryUsage.rss();
    send({ type: 'frames', counts: { ...frames.takeCounts(), rssBytes } });
  }, frameCountsIntervalMs);
}

function stopCounting(): void {
  if (counting !== null) clearInterval(counting);
  counting = null;
}

/** Loads and unloads, one after the other: what was asked for last must be what is in force. */
let lastChange: Promise<unknown> = Promise.resolve();

function inTurn<Value>(change: () => Promise<Value>): Promise<Value> {
  const done = lastChange.then(change);
  // The asker hears of a failure; the next in turn must not.
  lastChange = done.catch(() => undefined);
  return done;
}

type Message = Extract<ToProcess, { type: 'request' }>;

/** @throws {Error} With a text for the client. */
async function perform(message: Message): Promise<AnyRequest['answer']> {
  switch (message.kind) {
    case 'offer':
      if (message.request.mode === 'new') stopCounting();
      return media.offer(message.request);
    case 'candidate':
      await media.candidate(message.request);
      return null;
    case 'hang-up':
      stopCounting();
      media.hangUp(message.request.mediaId);
      return null;
    case 'load': {
      const { pipelineId, parameters, providers } = message.request;
      return inTurn(async () => {
        const loaded = await engine.load(pipelineId, parameters, providers);
        if (!loaded.ok) throw new Error(loaded.problem);
        frames.setPipeline('loaded');
        return loaded.value;
      });
    }
    case 'unload':
      return inTurn(async () => {
        frames.setPipeline('none');
        await engine.unload();
        return null;
      });
    case 'picture': {
      const frame = await frames.next(pictureMs);
      if (frame === null) throw new Error('no frame goes out at present');
      return { png: encodePng(frame.width, frame.height, toRgba(frame)) };
    }
    default:
      message satisfies never;
      return null;
  }
}

async function answer(message: Message): Promise<void> {
  try {
    send({ type: 'reply', id: message.id, result: ok(await perform(message)) });
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    // libwebrtc refuses some descriptions without a word.
    send({ type: 'reply', id: message.id, result: fail(problem === '' ? 'no reason was given' : problem) });
  }
}

/** Media first, at once; the engine may have a run in flight that must not be cut (see `Engine.dispose`). */
async function end(): Promise<void> {
  stopCounting();
  media.end();
  await engine.dispose();
  process.exit(0);
}

process.on('message', (message: ToProcess) => {
  if (message.type === 'end') void end();
  else void answer(message);
});

// The runner is gone, killed perhaps: nobody is left to end this process.
process.once('disconnect', () => void end());

// A terminal signals the whole group; the runner then ends its sessions in order.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);

send({ type: 'started' });
