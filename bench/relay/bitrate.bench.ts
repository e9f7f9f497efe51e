/*
 * What Chromium sends at 720p30 to another Chromium, directly and through the relay, over the same impaired path. Only
 * the relay is between the two runs: both use the restricted description, both pass the user-space path.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Browser } from 'playwright';
import { createRelay } from '../../main/relay/relay.ts';
import { buildSdp } from '../../main/relay/sdp/build.ts';
import type { Candidate, SessionDescription } from '../../main/relay/sdp/description.ts';
import { parseSdp } from '../../main/relay/sdp/parse.ts';
import { restrictOffer } from '../../main/relay/sdp/restrict.ts';
import { launchBrowser, LegRecorder, TestPage } from '../../tests/relay/rig.ts';
import { report, type BenchRow } from '../result.ts';
import type { Impairment, PathPorts, ToPath } from './impaired-path.ts';

const warmUpMs = 8_000;
const settleMs = 4_000;
const windowMs = 12_000;
const aim = 0.95;

const conditions: readonly (readonly [string, Impairment])[] = [
  ['clean', {}],
  ['2 % loss', { loss: 0.02 }],
  ['5 % loss', { loss: 0.05 }],
  ['1 Mbps bottleneck', { bitsPerSecond: 1_000_000 }],
];

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The impaired path as the parent sees it. */
class ImpairedPath {
  readonly #child = fork(path.join(import.meta.dirname, 'impaired-path.ts'));

  async open(first: Candidate): Promise<PathPorts> {
    this.tell({ open: { first } });
    const [ports] = (await once(this.#child, 'message')) as [PathPorts];
    return ports;
  }

  tell(message: ToPath): void {
    this.#child.send(message);
  }

  close(): void {
    this.#child.kill();
  }
}

function only({ candidates }: SessionDescription): Candidate {
  const candidate = candidates.find(({ address }) => address.includes('.'));
  if (!candidate) throw new Error('this Chromium told no IPv4 candidate');
  return candidate;
}

/** The same description with one candidate, which is the path's. */
function via(sdp: string, port: number): string {
  const line = `a=candidate:1 1 udp 2113937151 127.0.0.1 ${port} typ host\r\n`;
  const bare = sdp.replaceAll(/a=(candidate:.*|end-of-candidates)\r\n/g, '');
  return bare.replaceAll(/(a=ice-pwd:.*\r\n)/g, `$1${line}`);
}

/** A description of a browser, cut down as the relay would. */
function restricted(sdp: string, type: 'offer' | 'answer'): string {
  const read = parseSdp(sdp);
  const description = type === 'offer' ? restrictOffer(read) : read;
  const [fingerprint] = read.fingerprints;
  const streams = description.sections.flatMap(({ mid, ssrc, rtxSsrc }) =>
    ssrc === null ? [] : ([[mid, { ssrc, rtxSsrc, msid: `bench ${mid}` }]] as const),
  );
  return buildSdp(description, {
    type,
    setup: read.setup,
    transport: { ...read, fingerprint: fingerprint!, gathering: 'complete' },
    streams: new Map(streams),
  });
}

interface Session {
  page: TestPage;
  close(): Promise<void>;
}

const small = { width: 320, height: 180, framesPerSecond: 15 };
const large = { width: 1280, height: 720, framesPerSecond: 30 };

async function direct(browser: Browser, impaired: ImpairedPath): Promise<Session> {
  const [page, runner] = await Promise.all([TestPage.open(browser), TestPage.open(browser)]);
  const offer = await page.call<string>('offer', large);
  const ports = await impaired.open(only(parseSdp(offer)));
  const answer = await runner.call<string>('respond', {
    sdp: via(restricted(offer, 'offer'), ports.facingSecond),
    ...small,
  });
  await page.call('answer', via(restricted(answer, 'answer'), ports.facingFirst));
  return {
    page,
    close: async () => {
      await Promise.all([page.page.close(), runner.page.close()]);
    },
  };
}

async function relayed(browser: Browser, impaired: ImpairedPath): Promise<Session> {
  const [page, runner] = await Promise.all([TestPage.open(browser), TestPage.open(browser)]);
  const relay = createRelay();
  await page.attach(relay, large);
  const listener = new LegRecorder();
  const exchange = async (offer: string) => {
    const ports = await impaired.open(only(parseSdp(offer)));
    const answer = await runner.call<string>('respond', { sdp: via(offer, ports.facingSecond), ...small });
    return via(answer, ports.facingFirst);
  };
  await relay.connectRunner({ iceServers: [], loopbackOnly: true, exchange, listener });
  await listener.until('firstFrame');
  return {
    page,
    close: async () => {
      await relay.dispose();
      await Promise.all([page.page.close(), runner.page.close()]);
    },
  };
}

interface Outbound {
  'outbound-rtp': { bytesSent: number; frameHeight?: number };
}

/** kbit/s that the page's encoder sends under each condition. */
async function measure({ page }: Session, impaired: ImpairedPath): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  await pause(warmUpMs);
  for (const [name, impairment] of conditions) {
    impaired.tell({ impairment });
    await pause(settleMs);
    const before = await page.call<Outbound>('stats');
    const start = performance.now();
    await pause(windowMs);
    const after = await page.call<Outbound>('stats');
    const octets = after['outbound-rtp'].bytesSent - before['outbound-rtp'].bytesSent;
    found.set(name, (octets * 8) / (performance.now() - start));
    console.error(`${name}: ${Math.round(found.get(name)!)} kbit/s at ${after['outbound-rtp'].frameHeight}p`);
    impaired.tell({ impairment: {} });
  }
  return found;
}

const results: Map<string, number>[] = [];
for (const open of [direct, relayed]) {
  console.error(open.name);
  // Without mDNS names: the direct run needs the page's own address.
  const browser = await launchBrowser(['--disable-features=WebRtcHideLocalIpsWithMdns']);
  const impaired = new ImpairedPath();
  const session = await open(browser, impaired);
  results.push(await measure(session, impaired));
  await session.close();
  impaired.close();
  await browser.close();
}

const [alone, through] = results;
const rows = conditions.flatMap(([name]): BenchRow[] => {
  const baseline = alone?.get(name) ?? Number.NaN;
  const value = through?.get(name) ?? Number.NaN;
  return [
    { figure: `${name}: direct`, value: baseline, unit: 'kbit/s' },
    { figure: `${name}: relayed`, value, unit: 'kbit/s' },
    {
      figure: `${name}: relayed / direct`,
      value: value / baseline,
      aim: `≥ ${aim}`,
      met: value / baseline >= aim,
    },
  ];
});
report({ title: 'Relay: send bitrate at 720p30, direct and relayed', rows });
process.exit(0);
