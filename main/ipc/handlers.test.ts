import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { noStats } from '../../shared/link/status.ts';
import type { UserSettingsPatch } from '../../shared/settings/schema.ts';
import type { LinkService } from '../app/link-service.ts';
import { ModelDesk } from '../models/model-desk.ts';
import { ModelStore } from '../models/model-store.ts';
import { CaptureChoice } from '../security/capture-choice.ts';
import type { StudioFiles } from '../recording/open-studio-files.ts';
import { UserMedia } from '../security/user-media.ts';
import { UserModelFiles } from '../security/user-models.ts';
import { defaultDocument } from '../settings/document.ts';
import { SettingsStore } from '../settings/settings-store.ts';

vi.mock('electron', () => ({ desktopCapturer: {} }));
const { createHandlers } = await import('./handlers.ts');

let folder: string;
let video: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'linkspan-handlers-'));
  video = path.join(folder, 'clip.mp4');
  writeFileSync(video, 'not really a video');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function setUp(picked: string | null = null) {
  const settings = new SettingsStore(defaultDocument(), { write: () => undefined }, () => undefined);
  const lines: string[] = [];
  const note = (...parts: unknown[]): void => void lines.push(parts.join(' '));
  const capture = new CaptureChoice();
  const notices = ['the settings were set aside'];
  // Only what `app:info` asks of it; the service has its own tests.
  const link = {
    endpoint: () => null,
    runners: () => [],
    pipelines: () => [],
    history: () => ({ timeline: [], runnerLog: ['the runner started'] }),
    patchSettings: (patch: UserSettingsPatch) => settings.patchUser(patch),
    status: () => ({ state: { phase: 'idle' }, endpoint: null, pipelineId: null, stats: noStats }),
  } as unknown as LinkService;
  const handlers = createHandlers({
    link,
    settings,
    media: new UserMedia(),
    capture,
    models: new ModelDesk({
      store: new ModelStore(path.join(folder, 'models')),
      files: new UserModelFiles(),
      pick: () => Promise.resolve(picked),
      openFolder: () => Promise.resolve(),
      changed: () => undefined,
      warn: note,
    }),
    log: { info: note, warn: note, error: note, file: '' },
    about: { version: '1.0.0', runtime: 'test', packaged: false, platform: 'linux', logFile: '/log' },
    takeNotices: () => notices.splice(0),
    pickVideo: () => Promise.resolve(picked),
    findRunners: () => Promise.resolve([]),
    toggleOutputOnTop: () => true,
    shownChanged: ({ kind }) => void lines.push(`shown ${kind}`),
    // Not asked here; recordings have their own tests.
    files: {} as StudioFiles,
    networkChanged: (online) => void lines.push(online ? 'online' : 'offline'),
  });
  return { handlers, settings, capture, lines };
}

describe('what main answers', () => {
  it('S8: a file is opened only after the user picked or dropped it', async () => {
    const { handlers } = setUp();
    expect(await handlers['file:open']({ path: video })).toBeNull();
    await handlers['file:dropped']({ path: video });
    expect(await handlers['file:open']({ path: video })).toMatchObject({ path: video, name: 'clip.mp4' });
  });

  it('S8: a source that the page writes into the settings makes no file readable', async () => {
    const { handlers } = setUp();
    await handlers['settings:patch']({ source: { kind: 'file', path: video, name: 'clip' } });
    expect(await handlers['file:open']({ path: video })).toBeNull();
  });

  it('a picked file can be opened again, a cancelled dialog opens nothing', async () => {
    const { handlers } = setUp(video);
    const picked = await handlers['file:pick'](undefined);
    expect(picked).toMatchObject({ path: video });
    expect(await handlers['file:open']({ path: video })).toEqual(picked);
    expect(await setUp(null).handlers['file:pick'](undefined)).toBeNull();
  });

  it('tells notices once', async () => {
    const { handlers } = setUp();
    expect((await handlers['app:info'](undefined)).notices).toEqual(['the settings were set aside']);
    expect((await handlers['app:info'](undefined)).notices).toEqual([]);
  });

  it('A65: tells a window that was loaded anew what was said before', async () => {
    const { handlers } = setUp();
    expect(await handlers['app:info'](undefined)).toMatchObject({
      timeline: [],
      runnerLog: ['the runner started'],
    });
  });

  it('hands on what the window hears of the network', async () => {
    const { handlers, lines } = setUp();
    await handlers['network:changed']({ online: false });
    await handlers['network:changed']({ online: true });
    expect(lines).toEqual(['offline', 'online']);
  });

  it('keeps the chosen screen for the next capture, and the window’s lines in the log', async () => {
    const { handlers, capture, lines } = setUp();
    await handlers['capture:choose']({ id: 'screen:1:0' });
    await handlers['log:write']({ level: 'warn', text: 'the camera is gone' });
    expect(capture.take()).toBe('screen:1:0');
    expect(lines).toEqual(['window: the camera is gone']);
  });
});
