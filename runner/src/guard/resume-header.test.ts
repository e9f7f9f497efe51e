import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readResumeHeader } from './resume-header.ts';

const token = 'AAAAAAAAAAAAAAAAAAAAAA';

describe('Linkspan-Resume', () => {
  it('announces nothing when it is not there', () => {
    expect(readResumeHeader(undefined)).toEqual({ kind: 'none' });
    expect(readResumeHeader([token])).toEqual({ kind: 'none' });
  });

  it('announces a client that can come back, or that is back', () => {
    expect(readResumeHeader('new')).toEqual({ kind: 'new' });
    expect(readResumeHeader(token)).toEqual({ kind: 'token', token });
  });

  it.each(['', 'NEW', 'new ', `${token}, ${token}`])('takes %j for a token that nobody has', (value) => {
    const read = readResumeHeader(value);
    expect(read.kind).toBe('token');
    expect(read).not.toEqual({ kind: 'token', token });
  });

  it('S13: never makes a token out of one that is longer, nor keeps more of it than that takes', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 20_000 }), (more) => {
        const read = readResumeHeader(token + more);
        expect(read).not.toEqual({ kind: 'token', token });
        expect(read.kind === 'token' && read.token.length).toBeLessThanOrEqual(token.length + 1);
      }),
    );
  });
});
