import { describe, expect, it } from 'vitest';
import { readDraft, type Draft } from './runner-draft.ts';

const lab = { name: 'The lab', url: 'wss://lab.example/ws', hasToken: true, offered: false };
const spare = { name: 'Spare', url: 'wss://spare.example/ws', hasToken: false, offered: false };
const typed = (change: Partial<Draft>): Draft => ({
  url: '',
  name: '',
  token: '',
  dropsToken: false,
  ...change,
});
const read = (change: Partial<Draft>, editing: string | null = null) =>
  readDraft(typed(change), [lab, spare], editing);

describe('what is typed into the form', () => {
  it('is corrected with words, and named after its host', () => {
    const { entry, hint } = read({ url: ' http://gpu-box:8443 ' });
    expect(entry).toEqual({ url: 'ws://gpu-box:8443/ws', name: 'gpu-box:8443', token: '' });
    expect(hint).toMatchObject({ tone: 'corrected', text: expect.stringContaining('ws://gpu-box:8443/ws') });
    expect(read({ url: 'wss://gpu.example/ws' }).hint).toBeNull();
  });

  it('is told to be wrong in the words of the rule, and handed on as it is', () => {
    const { entry, hint } = read({ url: 'ws://gpu.example/ws' });
    expect(entry.url).toBe('ws://gpu.example/ws');
    expect(hint).toEqual({ tone: 'wrong', text: expect.stringMatching(/^Use wss:/) });
    expect(read({}).hint).toBeNull();
  });

  it('is known when another runner has that address, however it is written', () => {
    expect(read({ url: 'https://lab.example' }).isKnown).toBe(true);
    expect(read({ url: 'https://lab.example' }, lab.url).isKnown).toBe(false);
    expect(read({ url: spare.url }, lab.url).isKnown).toBe(true);
  });

  it('S10: keeps the token that is stored for its server, replaces it or drops it, and takes it to no other', () => {
    expect(read({ url: lab.url }, lab.url).entry.token).toBeNull();
    expect(read({ url: 'wss://lab.example/other' }).entry.token).toBeNull();
    expect(read({ url: lab.url, token: 'new' }, lab.url).entry.token).toBe('new');
    expect(read({ url: lab.url, dropsToken: true }, lab.url)).toMatchObject({
      entry: { token: '' },
      isStored: false,
    });
    expect(read({ url: 'wss://elsewhere.example/ws' }, lab.url).entry.token).toBe('');
    expect(read({ url: 'ws://lab.local/ws' }, lab.url).entry.token).toBe('');
  });
});
