import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../shared/link/fault.ts';
import { faultWithoutSecret, withoutSecret } from './without-secret.ts';

const secret = fc.string({ minLength: 4, maxLength: 40 }).filter((text) => !text.includes('•'));

describe('withoutSecret', () => {
  it('S10: leaves no trace of a token in any text', () => {
    fc.assert(
      fc.property(secret, fc.array(fc.string()), (token, pieces) => {
        expect(withoutSecret(pieces.join(token) + token, token)).not.toContain(token);
      }),
    );
  });

  it('S10: leaves no trace of a token in a fault, and its kind alone', () => {
    fc.assert(
      fc.property(secret, fc.string(), (token, text) => {
        const said = `${text}${token}`;
        const faults: Fault[] = [
          { kind: 'closed', code: 1011, reason: said },
          { kind: 'terminated', code: said, detail: said },
          { kind: 'offer-failed', detail: said },
        ];
        for (const fault of faults) {
          const clean = faultWithoutSecret(fault, token);
          expect(clean.kind).toBe(fault.kind);
          const { kind: _, ...rest } = clean;
          expect(Object.values(rest).join('\n')).not.toContain(token);
        }
      }),
    );
  });

  it('keeps a fault whole whose kind is somebody’s token', () => {
    expect(faultWithoutSecret({ kind: 'closed', code: 1000, reason: 'bye' }, 'closed').kind).toBe('closed');
  });
});
