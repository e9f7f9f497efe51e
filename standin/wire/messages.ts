import type { Encoded } from './codec.ts';

/** What travels between the Node process and the isolated world of a page (JSON, one message per call). */
export type PageMessage =
  | { kind: 'send'; channel: string; args: Encoded }
  | { kind: 'invoke'; id: number; channel: string; args: Encoded }
  | { kind: 'post'; channel: string; message: Encoded; ports: string[] }
  | { kind: 'port-message'; port: string; data: Encoded }
  | { kind: 'port-close'; port: string }
  | { kind: 'permission'; id: number; ask: PermissionAsk }
  | { kind: 'preload-error'; message: string; stack: string }
  | { kind: 'title'; title: string }
  | { kind: 'open'; url: string; frameName: string; features: string }
  | { kind: 'full-screen'; active: boolean }
  | { kind: 'moved'; x: number; y: number; width: number; height: number }
  | { kind: 'focus'; focused: boolean };

export type MainMessage =
  | { kind: 'reply'; id: number; value: Encoded }
  | { kind: 'failure'; id: number; message: string }
  | { kind: 'message'; channel: string; args: Encoded; ports: string[] }
  | { kind: 'port-message'; port: string; data: Encoded }
  | { kind: 'port-close'; port: string }
  | { kind: 'permission-answer'; id: number; answer: PermissionAnswer };

/** A call of the page that Electron's permission handlers decide. */
export interface PermissionAsk {
  permission: string;
  mediaTypes?: ('video' | 'audio')[];
  /** For `getDisplayMedia`: what was asked for. */
  display?: { video: boolean; audio: boolean };
}

export type PermissionAnswer = { granted: true } | { granted: false; reason: string };

/** What the isolated world learns at start. */
export interface PreloadEnvironment {
  webContentsId: number;
  /** Name of the binding towards Node, gone from the global object before the preload script runs. */
  binding: string;
  /** Name of the function through which Node delivers. */
  receiver: string;
  /** Prefix of the event names between the two worlds of one window; random per window. */
  secret: string;
  preloadPath: string;
  platform: string;
  arch: string;
  nodeVersion: string;
  versions: Record<string, string | undefined>;
  env: Record<string, string | undefined>;
  argv: string[];
  pid: number;
  headless: boolean;
}
