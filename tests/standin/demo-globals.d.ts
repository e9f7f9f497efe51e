/** The demo app's globals, in its main process and in its page. */
declare const record: {
  notes: unknown[];
  requests: { url: string; range: string | null }[];
  permissions: { permission: string; mediaTypes?: string[] }[];
  checks: { permission: string; origin: string }[];
  navigations: string[];
  opened: string[];
  gone: { reason: string }[];
  grant: string[];
};
interface DemoAttempt {
  ok: boolean;
  value?: unknown;
  message?: string;
}
declare const demo: {
  echo(value: unknown): Promise<{ value: unknown; frame: string; origin: string }>;
  fail(): Promise<void>;
  unknown(): Promise<void>;
  send(...args: unknown[]): void;
  sendFunction(): DemoAttempt;
  onPush(listener: (value: unknown) => void): void;
  requireOf(name: string): DemoAttempt;
  environment: { sandboxed: boolean; type: string; electron: string };
  unknownMember(): DemoAttempt;
  pathOf(file: File): string;
  addLater(a: number, b: number): Promise<number>;
  throwing(): void;
  openPort(): Promise<unknown>;
};
