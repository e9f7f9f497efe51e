import type { Session } from 'electron';
import type { Log } from '../diagnostics/log.ts';
import { mayUse } from './permissions.ts';

/** Answers each permission request and check of a session by the table in `permissions.ts`. */
export function guardPermissions(session: Session, log: Log): void {
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    const media = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    const { requestingUrl: origin, isMainFrame } = details;
    const allowed = mayUse({ permission, origin, isMainFrame, media });
    if (!allowed) log.warn(`permission denied: ${permission} for ${origin}`);
    callback(allowed);
  });
  session.setPermissionCheckHandler((_contents, permission, origin, details) =>
    mayUse({
      permission,
      origin,
      isMainFrame: details.isMainFrame,
      media: details.mediaType === undefined ? [] : [details.mediaType],
    }),
  );
  session.setDevicePermissionHandler(() => false);
}
