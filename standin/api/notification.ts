import { acceptOptions } from '../core/accept-options.ts';
import { createEvent } from '../core/event-object.ts';
import { StrictEmitter } from '../core/strict-emitter.ts';

/** Accepted; only title, body, silent and urgency can be read back. */
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

  /** True, so that the product takes the path it takes on a desktop. */
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

  /** Tells listeners, as if the desktop had taken it away. */
  close(): void {
    setImmediate(() => this.emit('close', createEvent()));
  }
}
