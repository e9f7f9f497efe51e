import type { MediaPort, RunnerLeg, RunnerLegOptions } from './media-port.ts';

/**
 * The same port, but for how its runner legs are made: for whoever counts them, leads them elsewhere or breaks them.
 *
 * @param connect Is given the port itself, so that it can make the leg after all.
 */
export function aroundRunnerLegs(
  media: MediaPort,
  connect: (media: MediaPort, options: RunnerLegOptions) => Promise<RunnerLeg>,
): MediaPort {
  return new Proxy(media, {
    get(target, name) {
      if (name === 'connectRunner') return (options: RunnerLegOptions) => connect(target, options);
      // Bound, because a port may have private members.
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
