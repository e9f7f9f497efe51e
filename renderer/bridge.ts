import type { Bridge } from '../shared/ipc/bridge.ts';

/** The one place that touches what the preload script exposes; everything else is handed a `Bridge`. */
export const bridge: Bridge = window.bridge;
