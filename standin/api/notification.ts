import { acceptOptions } from '../core/accept-options.ts';
import { createEvent } from '../core/event-object.ts';
import { StrictEmitter } from '../core/strict-emitter.ts';

export const notificationOptions = [
  'title',
  'subtitle',
  'body',
  'silent',
  'icon',
  'hasReply',
  'timeoutType',
  'replyPlaceholder',
  'sound',
  'urgency',
  'actions',
  'closeButtonText',
  'id',
  'groupId',
];

/** Shown notifications are listed in `__standin.notifications`; tests emit `click` on them. */
export class Notification extends StrictEmitter {
  static override readonly events = ['action', 'click', 'close', 'failed', 'reply', 'show'];
  static readonly shown: Notification[] = [];

  title: string;
  body: string;
  silent: boolean;
  urgency: string;

  static isSupported(): boolean {
    return true;
  }

  constructor(options: Electron.NotificationConstructorOptions = {}) {
    acceptOptions('Notification', options, notificationOptions);
    super();
    this.title = options.title ?? '';
    this.body = options.body ?? '';
    this.silent = options.silent ?? false;
    this.urgency = options.urgency ?? 'normal';
  }

  show(): void {
    Notification.shown.push(this);
    setImmediate(() => this.emit('show', createEvent()));
  }

  close(): void {
    setImmediate(() => this.emit('close', createEvent()));
  }
}
