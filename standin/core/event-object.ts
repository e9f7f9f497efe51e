/** Electron's `Event`, which is not the DOM's. */
export interface ElectronEvent {
  preventDefault: () => void;
  readonly defaultPrevented: boolean;
}

/** The first argument of Electron's listeners, with whatever the event carries besides. */
export function createEvent<Extra extends object = object>(extra?: Extra): ElectronEvent & Extra {
  let prevented = false;
  const event = {
    preventDefault: () => {
      prevented = true;
    },
    get defaultPrevented() {
      return prevented;
    },
  };
  return Object.defineProperties(event, Object.getOwnPropertyDescriptors(extra ?? {})) as ElectronEvent &
    Extra;
}
