import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { acceptOptions } from './accept-options.ts';
import { missingModule, NotImplementedError, strictModule } from './not-implemented.ts';
import { StrictEmitter } from './strict-emitter.ts';

class Lamp extends StrictEmitter {
  static override readonly events = ['lit'];
  readonly #colour = 'red';
  colour(): string {
    return this.#colour;
  }
}

const loose = (value: object): Record<string, unknown> => value as Record<string, unknown>;

describe('what the stand-in lacks', () => {
  it('throws with its name for an unknown member, read or assigned, and leaves private fields working', () => {
    const lamp = new Lamp();
    expect(lamp.colour()).toBe('red');
    expect(() => loose(lamp).dim).toThrow(new NotImplementedError('Lamp.dim'));
    expect(() => Object.assign(lamp, { dim: 1 })).toThrow('Lamp.dim (assignment)');
  });

  it('throws for a listener of an event that is never emitted, and for no other', () => {
    const lamp = new Lamp();
    const heard: string[] = [];
    lamp.on('lit', () => heard.push('lit'));
    lamp.emit('lit');
    expect(heard).toEqual(['lit']);
    for (const method of ['on', 'once', 'prependListener'] as const)
      expect(() => lamp[method]('broken', () => undefined)).toThrow("Lamp event 'broken'");
  });

  it('can be inspected, awaited and turned into JSON', async () => {
    const module = strictModule('shell', { beep: () => 'beep' });
    expect(inspect(module)).toContain('beep');
    expect(JSON.stringify(module)).toBe('{}');
    expect(await Promise.resolve(module)).toBe(module);
    expect(() => loose(module).open).toThrow('shell.open');
  });

  it('lets a test replace a member that exists', () => {
    const module = strictModule('dialog', { show: (): string => 'real' });
    module.show = () => 'replaced';
    expect(module.show()).toBe('replaced');
  });

  it('throws for any use of a module that is missing, but not for having it', () => {
    const module = missingModule('TouchBar') as { new (): object; create: unknown };
    expect(() => new module()).toThrow('TouchBar');
    expect(() => module.create).toThrow('TouchBar.create');
  });

  it('throws for unknown options and accepts undefined ones', () => {
    acceptOptions('open', { title: 'x', later: undefined }, ['title']);
    expect(() => acceptOptions('open', { kiosk: true }, ['title'])).toThrow("open option 'kiosk'");
  });
});
