import type { PushChannel, PushChannels } from '../../shared/ipc/contract.ts';

/** Tells the window something; dropped when there is no window to tell. */
export type Push = <Channel extends PushChannel>(channel: Channel, payload: PushChannels[Channel]) => void;
