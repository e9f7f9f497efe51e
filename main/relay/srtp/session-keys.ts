import { createCipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import { keyLength, saltLength, type SrtpProfile } from './profile.ts';

/** Keys of one direction for either RTP or RTCP. `KeyObject`s, because a raw Buffer costs 10 µs more on each packet. */
export interface SessionKeys {
  encryption: KeyObject;
  authentication: KeyObject;
  /** Padded with zeros to the 16 octets of an AES block. */
  salt: Buffer;
}

/** Labels of RFC 3711, 4.3.1: the first of three (encryption, authentication, salt). */
const rtpLabel = 0;
const rtcpLabel = 3;
const authenticationKeyLength = 20;

/** RFC 3711, 4.3.3: AES-CM keystream over a master salt into which the label was mixed. No key derivation rate. */
function derive(masterKey: Buffer, masterSalt: Buffer, label: number, length: number): Buffer {
  const counter = Buffer.alloc(16);
  masterSalt.copy(counter);
  counter[7]! ^= label;
  return createCipheriv('aes-128-ctr', masterKey, counter).update(Buffer.alloc(length));
}

function sessionKeys(
  profile: SrtpProfile,
  masterKey: Buffer,
  masterSalt: Buffer,
  label: number,
): SessionKeys {
  const salt = Buffer.alloc(16);
  derive(masterKey, masterSalt, label + 2, saltLength(profile)).copy(salt);
  return {
    encryption: createSecretKey(derive(masterKey, masterSalt, label, keyLength)),
    authentication: createSecretKey(derive(masterKey, masterSalt, label + 1, authenticationKeyLength)),
    salt,
  };
}

/** Session keys of one direction, out of what DTLS exported. */
export function deriveSessionKeys(
  profile: SrtpProfile,
  masterKey: Buffer,
  masterSalt: Buffer,
): { rtp: SessionKeys; rtcp: SessionKeys } {
  return {
    rtp: sessionKeys(profile, masterKey, masterSalt, rtpLabel),
    rtcp: sessionKeys(profile, masterKey, masterSalt, rtcpLabel),
  };
}
