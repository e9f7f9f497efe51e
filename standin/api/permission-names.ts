/** Electron's permission names and what Chromium calls the same thing (CDP `Browser.setPermission`). */
export const chromiumNames: Record<string, readonly string[]> = {
  media: ['camera', 'microphone'],
  geolocation: ['geolocation'],
  notifications: ['notifications'],
  'clipboard-read': ['clipboard-read'],
  'clipboard-sanitized-write': ['clipboard-write'],
  midi: ['midi'],
  'idle-detection': ['idle-detection'],
  'screen-wake-lock': ['screen-wake-lock'],
  'storage-access': ['storage-access'],
  'local-fonts': ['local-fonts'],
  'window-management': ['window-management'],
  'local-network-access': ['local-network-access'],
  'local-network': ['local-network'],
  'loopback-network': ['loopback-network'],
};

/**
 * Chromium's Local Network Access: no call of the page that could be asked at, so main is asked when the
 * page's origin is about to be loaded.
 */
export const askedAtLoad: readonly string[] = ['local-network-access', 'local-network', 'loopback-network'];
