import { describe, expect, it } from 'vitest';
import { endpointUrl } from './endpoint-url.ts';

function urlOf(text: string): string | null {
  const result = endpointUrl(text);
  return result.ok ? result.value.url : null;
}

function adviceFor(text: string): string {
  const result = endpointUrl(text);
  if (result.ok) throw new Error(`${text} was accepted`);
  return result.problem.kind === 'invalid-endpoint' ? result.problem.detail : result.problem.kind;
}

describe('endpointUrl', () => {
  it.each([
    ['localhost:8000', 'ws://localhost:8000/ws'],
    ['localhost:443', 'ws://localhost:443/ws'],
    ['127.0.0.1:8000', 'ws://127.0.0.1:8000/ws'],
    ['[::1]:8000', 'ws://[::1]:8000/ws'],
    ['http://localhost:8000/', 'ws://localhost:8000/ws'],
    ['https://gpu.example.com', 'wss://gpu.example.com/ws'],
    ['gpu.example.com:9000', 'wss://gpu.example.com:9000/ws'],
    ['WSS://GPU.example.com/r/7/ws', 'wss://gpu.example.com/r/7/ws'],
    ['  wss://gpu.example.com/ws?region=eu#top ', 'wss://gpu.example.com/ws?region=eu'],
    ['wss://gpu.example.com/ws/', 'wss://gpu.example.com/ws'],
    ['https://gpu.example.com/r/7/ws/?region=eu', 'wss://gpu.example.com/r/7/ws?region=eu'],
    ['wss://gpu.example.com/behind/', 'wss://gpu.example.com/behind/'],
    ['wss://gpu.example.com/ws?monkey=1&keyboard=2', 'wss://gpu.example.com/ws?monkey=1&keyboard=2'],
    ['//gpu.example.com/ws', 'wss://gpu.example.com/ws'],
  ])('makes an address of %s', (typed, url) => {
    expect(urlOf(typed)).toBe(url);
  });

  it.each([
    'ws://localhost:1/ws',
    'ws://127.0.0.1:1/ws',
    'ws://127.9.9.9:1/ws',
    'ws://[::1]:1/ws',
    'ws://app.localhost/ws',
  ])('S1: allows ws to loopback: %s', (typed) => {
    const result = endpointUrl(typed);
    expect(result.ok && result.value.network).toBe('loopback');
  });

  it.each([
    '192.168.1.20:8000',
    '10.0.0.5:8000',
    '172.31.0.1:8000',
    '[fd00::1]:8000',
    'gpu-box:8000',
    'gpu.local:8000',
  ])('S1: takes ws into the local network only by explicit choice: %s', (host) => {
    expect(urlOf(host)).toBe(`wss://${host}/ws`);
    expect(urlOf(`ws://${host}`)).toBe(`ws://${host}/ws`);
  });

  it.each([
    'ws://gpu.example.com/ws',
    'http://8.8.8.8:8000',
    'ws://172.32.0.1/ws',
    'ws://[2001:db8::1]/ws',
    'ws://100.64.0.1/ws',
  ])('S1: refuses ws to a public host and says what to type: %s', (typed) => {
    expect(adviceFor(typed)).toMatch(/^Use wss:\/\/ for /);
  });

  it.each([
    ['', /^Type the address/],
    ['   ', /^Type the address/],
    ['ftp://host/ws', /not by ftp:/],
    ['file:///etc/passwd', /no address|not by file:/],
    ['wss://', /no address/],
    ['wss://exa mple/ws', /no address/],
    ['localhost:99999', /no address/],
    ['mailto:someone', /no address/],
    ['wss://me:secret@host/ws', /name and password/],
    ['wss://host/ws?token=abc', /token/],
    ['wss://host/ws?API_KEY=abc', /token/],
    ['wss://host/ws?access-token=abc', /token/],
    ['wss://host/ws?x-api-key=abc', /token/],
    ['wss://host/ws?authToken=abc', /token/],
    ['wss://host/ws?jwt=abc', /token/],
    ['wss://host/ws?pwd=abc', /token/],
    ['::1', /in brackets/],
    ['fd00::1', /in brackets/],
  ])('refuses “%s” with advice', (typed, advice) => {
    expect(adviceFor(typed)).toMatch(advice);
  });

  it.each([
    [
      'http://lab:8443',
      'Will be used as ws://lab:8443/ws. Runners answer by ws:// where a browser says http://.',
    ],
    ['https://gpu.example', /^Will be used as wss:\/\/gpu\.example\/ws\. .* https:/],
    [
      'lab:8443',
      /^Will be used as wss:\/\/lab:8443\/ws\. If it has no certificate, type ws:\/\/ in front\.$/,
    ],
    ['localhost:8765', 'Will be used as ws://localhost:8765/ws.'],
    ['wss://gpu.example', 'Will be used as wss://gpu.example/ws.'],
    ['wss://gpu.example:443/ws', 'Will be used as wss://gpu.example/ws.'],
    ['wss://gpu.example/ws#top', 'Will be used as wss://gpu.example/ws.'],
  ])('says what becomes of %s', (typed, words) => {
    const result = endpointUrl(typed);
    if (!result.ok) throw new Error(`${typed} was refused`);
    if (typeof words === 'string') expect(result.value.corrected).toBe(words);
    else expect(result.value.corrected).toMatch(words);
  });

  it.each(['wss://gpu.example/ws', ' ws://127.0.0.1:8765/ws ', 'wss://gpu.example/r/7/ws?region=eu'])(
    'has nothing to say about %s',
    (typed) => {
      expect(endpointUrl(typed)).toMatchObject({ ok: true, value: { url: typed.trim(), corrected: null } });
    },
  );

  it('refuses what is too long once it is written out, as settings keep it', () => {
    expect(adviceFor(`wss://host/${'ü'.repeat(1000)}`)).toMatch(/too long/);
    expect(urlOf(`wss://host/${'u'.repeat(1000)}`)).not.toBeNull();
  });

  it('never repeats a password in its advice', () => {
    expect(adviceFor('wss://me:hunter22@host/ws')).not.toContain('hunter22');
  });
});
