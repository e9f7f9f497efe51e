import type { PermissionAnswer, PermissionAsk } from '../wire/messages.ts';

/**
 * Puts Electron's permission handlers in front of the calls of a page that need one: each waits for main's
 * answer, then either fails as Chromium's own refusal does or calls the real thing, for which main has
 * meanwhile set Chromium's permission.
 */
type Ask = (id: number, ask: PermissionAsk) => void;
type Answer = (id: number, answer: PermissionAnswer) => void;
type Method = (this: unknown, ...args: unknown[]) => unknown;

/** What Chromium itself answers. */
const denied = (): DOMException => new DOMException('Permission denied', 'NotAllowedError');

function mediaAsk(constraints: MediaStreamConstraints | undefined): PermissionAsk {
  const mediaTypes: ('video' | 'audio')[] = [];
  if (constraints?.video) mediaTypes.push('video');
  if (constraints?.audio) mediaTypes.push('audio');
  return { permission: 'media', mediaTypes };
}

function displayAsk(options: DisplayMediaStreamOptions | undefined): PermissionAsk {
  return {
    permission: 'display-capture',
    display: { video: options?.video !== false, audio: Boolean(options?.audio) },
  };
}

/** @returns Where main's answers go. */
export function installPermissionGate(ask: Ask): Answer {
  const waiting = new Map<number, (answer: PermissionAnswer) => void>();
  let lastId = 0;
  const request = (wanted: PermissionAsk): Promise<PermissionAnswer> =>
    new Promise((resolve) => {
      lastId += 1;
      waiting.set(lastId, resolve);
      ask(lastId, wanted);
    });

  /** Replaces `name` on `holder` by a version that asks first; a refusal runs `refuse`. */
  const guard = (
    holder: object | undefined,
    name: string,
    describe: (...args: never[]) => PermissionAsk,
    refuse: (reason: string, args: unknown[]) => unknown,
  ): void => {
    const original = holder && (Reflect.get(holder, name) as Method | undefined);
    if (!holder || !original) return;
    const guarded = {
      async [name](this: unknown, ...args: unknown[]): Promise<unknown> {
        const answer = await request(describe(...(args as never[])));
        return answer.granted ? Reflect.apply(original, this, args) : refuse(answer.reason, args);
      },
    }[name];
    Object.defineProperty(holder, name, { value: guarded, writable: true, configurable: true });
  };

  const reject = (): never => {
    throw denied();
  };
  const named = (permission: string) => (): PermissionAsk => ({ permission });
  const { MediaDevices, Geolocation, Notification, Clipboard, WakeLock, Element, IdleDetector } =
    globalThis as unknown as Record<string, { prototype: object } | undefined>;

  guard(MediaDevices?.prototype, 'getUserMedia', mediaAsk, reject);
  guard(MediaDevices?.prototype, 'getDisplayMedia', displayAsk, (reason) => {
    throw reason === '' ? denied() : new DOMException(reason, 'NotSupportedError');
  });
  guard(Geolocation?.prototype, 'getCurrentPosition', named('geolocation'), (_reason, [, onError]) =>
    (onError as PositionErrorCallback | undefined)?.({
      code: 1,
      message: 'User denied Geolocation',
    } as GeolocationPositionError),
  );
  guard(Notification, 'requestPermission', named('notifications'), () => 'denied');
  for (const name of ['read', 'readText']) guard(Clipboard?.prototype, name, named('clipboard-read'), reject);
  for (const name of ['write', 'writeText'])
    guard(Clipboard?.prototype, name, named('clipboard-sanitized-write'), reject);
  guard(WakeLock?.prototype, 'request', named('screen-wake-lock'), reject);
  guard(IdleDetector, 'requestPermission', named('idle-detection'), () => 'denied');
  guard(Element?.prototype, 'requestFullscreen', named('fullscreen'), () => {
    throw new TypeError('Permissions check failed');
  });

  return (id, answer) => {
    const resolve = waiting.get(id);
    waiting.delete(id);
    resolve?.(answer);
  };
}
