import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findArrival } from './arrival.ts';

const home = path.resolve('/home/ada');
const exe = '/usr/bin/linkspan';

describe('S11: among the arguments of a start', () => {
  it('a link is found wherever it stands', () => {
    const link = 'LINKSPAN://add-endpoint?url=x';
    expect(findArrival([exe, '--flag', link], home)).toEqual({ kind: 'link', link });
  });

  it('a file is found by its ending, from the working directory of that start', () => {
    const file = path.join(home, 'Lab.LINKSPAN');
    expect(findArrival([exe, 'Lab.LINKSPAN'], home)).toEqual({ kind: 'file', path: file });
    expect(findArrival([exe, file], '/')).toEqual({ kind: 'file', path: file });
  });

  it('a link that ends like a file is a link', () => {
    const link = 'linkspan://add-endpoint?url=wss://x.example/lab.linkspan';
    expect(findArrival([exe, link], home)).toEqual({ kind: 'link', link });
  });

  it.each([
    ['the executable itself', ['/opt/app.linkspan']],
    ['switches', [exe, '--log=/tmp/x.linkspan', '-r.linkspan']],
    ['other files', [exe, '/home/ada/linkspan', '/etc/passwd', 'x.linkspan.txt', '.']],
  ])('%s are left alone', (_what, argv) => {
    expect(findArrival(argv, home)).toBeNull();
  });
});
