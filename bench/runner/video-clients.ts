/*
 * Clients that send a moving picture at 30 fps and take back what becomes of it, in a process of their own. Parent →
 * child: `have` so many clients, `watch` them. Each is answered once it is done.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { goLive, type LiveClient } from './live-client.ts';
import { movingPicture, play } from './moving-picture.ts';

export type ToVideoClients =
  | { type: 'have'; count: number; url: string; pipeline: string; size: number }
  | { type: 'watch'; ms: number };

/** What one session did while it was watched. */
export interface SessionView {
  /** Frames a second as the runner counts them: decoded from the client, and handed to the encoder. */
  fpsIn: number;
  fpsOut: number;
  /** As they arrive back here. */
  fpsBack: number;
  /** Of the last picture that came back; an encoder that is short of time makes it smaller. */
  width: number;
}

type Player = LiveClient & { stop: () => void; width: number };

const players: Player[] = [];

async function add({ url, pipeline, size }: Extract<ToVideoClients, { type: 'have' }>): Promise<void> {
  const live = await goLive(url, { pipeline });
  const player = { ...live, stop: play((frame) => live.video.show(frame), movingPicture(size)), width: 0 };
  void live.video.seen(({ width }) => {
    player.width = width;
    return false;
  });
  players.push(player);
}

async function remove({ client, video, stop }: Player): Promise<void> {
  stop();
  video.close();
  await client.close();
}

async function have(message: Extract<ToVideoClients, { type: 'have' }>): Promise<void> {
  while (players.length > message.count) await remove(players.pop()!);
  while (players.length < message.count) await add(message);
}

/** The counts that the runner pushes are of a second each, more or less: their times tell. */
async function view(player: Player, ms: number): Promise<SessionView> {
  const { client, video } = player;
  const pushes: { at: number; in: number; out: number }[] = [];
  const listen = (data: unknown): void => {
    const message = JSON.parse(String(data)) as { type: string; in: number; out: number };
    if (message.type === 'frames') pushes.push({ at: performance.now(), in: message.in, out: message.out });
  };
  client.socket.on('message', listen);
  const before = video.frames;
  const startedAt = performance.now();
  await pause(ms);
  const seconds = (performance.now() - startedAt) / 1000;
  client.socket.off('message', listen);
  const [first, ...later] = pushes;
  const counted = (pushes.at(-1)!.at - first!.at) / 1000;
  const sum = (of: 'in' | 'out'): number => later.reduce((total, push) => total + push[of], 0);
  return {
    fpsIn: sum('in') / counted,
    fpsOut: sum('out') / counted,
    fpsBack: (video.frames - before) / seconds,
    width: player.width,
  };
}

process.on('message', async (message: ToVideoClients) => {
  if (message.type === 'have') await have(message);
  const views = message.type === 'watch' ? players.map((player) => view(player, message.ms)) : [];
  process.send?.(await Promise.all(views));
});
process.on('disconnect', () => process.exit(0));
