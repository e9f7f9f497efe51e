import { createContext, use, useSyncExternalStore } from 'react';
import type { Bridge } from '../../shared/ipc/bridge.ts';
import type { AppState } from './app-state.ts';
import type { Media } from './run-effects.ts';
import type { Dispatch, Store } from './store.ts';

/** What every component may reach. */
export interface AppServices {
  store: Store;
  media: Media;
  bridge: Bridge;
}

export const AppContext = createContext<AppServices | null>(null);

export function useServices(): AppServices {
  const services = use(AppContext);
  if (!services) throw new Error('No AppContext above this component');
  return services;
}

/**
 * A part of the state, and a render whenever that part changes.
 *
 * @param select Must give the same object for the same state: pick, don't build.
 */
export function useApp<Part>(select: (state: AppState) => Part): Part {
  const { store } = useServices();
  return useSyncExternalStore(store.subscribe, () => select(store.getState()));
}

export function useDispatch(): Dispatch {
  return useServices().store.dispatch;
}
