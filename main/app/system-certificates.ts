import type { Log } from '../diagnostics/log.ts';

/** Of `node:tls`. Electron brings a TLS library of its own, so neither is taken for granted. */
export interface CertificateStore {
  getCACertificates?: (type: 'default' | 'system') => string[];
  setDefaultCACertificates?: (certificates: readonly string[]) => void;
}

/**
 * From now on TLS trusts whom the system trusts, besides the authorities that Node brings: a company's runner
 * may have a certificate of the company's own authority (A67). Without the functions, or when the system's
 * store cannot be read, everything stays as it was; the log says which.
 */
export function trustSystemCertificates(store: CertificateStore, log: Log): void {
  const { getCACertificates, setDefaultCACertificates } = store;
  if (getCACertificates === undefined || setDefaultCACertificates === undefined) {
    log.warn('tls: the system’s certificates cannot be read here; only the built-in authorities are trusted');
    return;
  }
  try {
    const system = getCACertificates('system');
    const known = getCACertificates('default');
    const added = system.filter((certificate) => !known.includes(certificate));
    if (added.length > 0) setDefaultCACertificates([...known, ...added]);
    log.info(`tls: ${added.length} of the system’s ${system.length} certificates were not built in`);
  } catch (error) {
    log.warn('tls: the system’s certificates cannot be read:', error);
  }
}
