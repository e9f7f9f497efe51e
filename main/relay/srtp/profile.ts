/** SRTP protection profiles as numbered by IANA: 1 = AES-CM-128 with HMAC-SHA1-80, 7 = AEAD-AES-128-GCM. */
export type SrtpProfile = 1 | 7;

/** Offered in this order: GCM costs about half of what CM with HMAC does in node:crypto. */
export const preferredProfiles: readonly SrtpProfile[] = [7, 1];

/** Octets of an AES-128 key in both profiles. */
export const keyLength = 16;

/** @returns Octets of the master and session salt. */
export function saltLength(profile: SrtpProfile): number {
  return profile === 7 ? 12 : 14;
}

/** @throws {Error} If DTLS agreed on a profile that was never offered. */
export function asSrtpProfile(value: number | undefined): SrtpProfile {
  if (value === 1 || value === 7) return value;
  throw new Error(
    `DTLS agreed on SRTP profile ${value ?? 'none'}, but only 7 (AES-GCM) and 1 (AES-CM) were offered`,
  );
}
