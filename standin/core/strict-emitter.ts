import { EventEmitter } from 'node:events';
import { NotImplementedError, throwingPrototype } from './not-implemented.ts';

/**
 * Base of every Electron object that emits: members it lacks throw (see not-implemented.ts), and so does a
 * listener for an event that the class does not list in `events`, because it would never be called.
 */
export class StrictEmitter extends EventEmitter {
  /** Events this class emits, or that real Electron never emits on Linux either. */
  static readonly events: readonly string[] = [];

  constructor() {
    super();
    this.setMaxListeners(0);
    const { events, name } = this.constructor as typeof StrictEmitter;
    // EventEmitter asks `newListener` before it adds one, so a throw here reaches the caller of `on`.
    super.on('newListener', (event: string | symbol) => {
      if (typeof event === 'string' && !events.includes(event) && event !== 'removeListener')
        throw new NotImplementedError(`${name} event '${event}'`);
    });
  }
}

Object.setPrototypeOf(StrictEmitter.prototype, throwingPrototype(EventEmitter.prototype));
