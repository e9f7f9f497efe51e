import { StrictEmitter } from '../core/strict-emitter.ts';

type PowerMembers = Pick<
  Electron.PowerMonitor,
  | 'getCurrentThermalState'
  | 'getSystemIdleState'
  | 'getSystemIdleTime'
  | 'isOnBatteryPower'
  | 'onBatteryPower'
>;

/** No operating system behind it: tests emit its events (`powerMonitor.emit('suspend')`). */
class PowerMonitor extends StrictEmitter implements PowerMembers {
  static override readonly events = [
    'lock-screen',
    'on-ac',
    'on-battery',
    'resume',
    'shutdown',
    'speed-limit-change',
    'suspend',
    'thermal-state-change',
    'unlock-screen',
    'user-did-become-active',
    'user-did-resign-active',
  ];

  /** Always on mains: a test emits `on-battery` when it wants the event. */
  get onBatteryPower(): boolean {
    return false;
  }

  isOnBatteryPower(): boolean {
    return false;
  }

  /** Somebody is always there. */
  getSystemIdleState(): 'active' {
    return 'active';
  }

  getSystemIdleTime(): number {
    return 0;
  }

  getCurrentThermalState(): 'unknown' {
    return 'unknown';
  }
}

export const powerMonitor = new PowerMonitor();
