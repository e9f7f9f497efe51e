import { acceptOptions } from '../core/accept-options.ts';
import { strictModule } from '../core/not-implemented.ts';
import { app } from './app.ts';

export type ProtocolHandler = (request: Request) => Response | Promise<Response>;

const builtIn = ['http', 'https', 'file', 'data', 'blob'];
export const privilegeNames = [
  'allowServiceWorkers',
  'bypassCSP',
  'codeCache',
  'corsEnabled',
  'secure',
  'standard',
  'stream',
  'supportFetchAPI',
];

const handlers = new Map<string, ProtocolHandler>();
const registered = new Set<string>();

/** For the request router: whether an address of this scheme is the app's own. */
export const isCustomScheme = (scheme: string): boolean => handlers.has(scheme) || registered.has(scheme);

export const protocolHandlerOf = (scheme: string): ProtocolHandler | undefined => handlers.get(scheme);

/**
 * `protocol`. A scheme is served from a reserved https origin (see reserved-origin.ts), so it is always a
 * standard and secure one; asking for less is refused rather than granted.
 */
export const protocol = strictModule('protocol', {
  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
    if (app.isReady())
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const { scheme, privileges } of schemes) {
      acceptOptions('protocol.registerSchemesAsPrivileged privileges', privileges, privilegeNames);
      if (!privileges?.standard || !privileges.secure)
        throw new Error(`stand-in: scheme '${scheme}' must be standard and secure; others cannot be served`);
      registered.add(scheme);
    }
  },

  handle(scheme: string, handler: ProtocolHandler): void {
    if (builtIn.includes(scheme))
      throw new Error(`stand-in: protocol.handle('${scheme}') is not implemented, only custom schemes`);
    if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme} is already handled`);
    handlers.set(scheme, handler);
  },

  unhandle(scheme: string): void {
    if (!handlers.delete(scheme)) throw new Error(`Failed to unregister protocol: ${scheme}`);
  },

  isProtocolHandled: (scheme: string): boolean => handlers.has(scheme) || builtIn.includes(scheme),
} satisfies {
  [Name in 'registerSchemesAsPrivileged' | 'unhandle' | 'isProtocolHandled']: Electron.Protocol[Name];
} & { handle: (scheme: string, handler: ProtocolHandler) => void });
