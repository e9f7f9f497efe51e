import { createSocket, type Socket } from 'node:dgram';
import dns from 'node:dns';
import { once } from 'node:events';
import {
  RTCDtlsTransport,
  RTCIceGatherer,
  RTCIceTransport,
  RtpHeader,
  SrtpSession,
  type IceCandidate,
} from 'werift';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { bindingRequest, transactionOf } from '../../../tests/relay/stun-request.ts';
import { assertWerift, createIce, takeSockets } from './werift-internals.ts';

const toClose: (() => unknown)[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  for (const close of toClose.splice(0)) await close();
});

function loopbackIce(iceServers: { urls: string }[] = []): RTCIceTransport {
  const ice = createIce({ addresses: ['127.0.0.1'], bindTo: '127.0.0.1', iceServers, controlling: false });
  toClose.push(() => ice.stop());
  return ice;
}

/** As werift makes it, for comparison. */
function stockIce(): RTCIceTransport {
  const ice = new RTCIceTransport(
    new RTCIceGatherer({
      useIpv4: false,
      useIpv6: false,
      additionalHostAddresses: ['127.0.0.1'],
      interfaceAddresses: { udp4: '127.0.0.1' },
    }),
  );
  toClose.push(() => ice.stop());
  return ice;
}

/** Names that were asked for while `ice` gathered; nothing leaves this machine. */
async function namesAskedFor(ice: RTCIceTransport): Promise<string[]> {
  const lookup = vi.spyOn(dns.promises, 'lookup').mockRejectedValue(new Error('no network in this test'));
  await ice.gather();
  return lookup.mock.calls.map(([name]) => name);
}

async function udpSocket(): Promise<Socket> {
  const socket = createSocket('udp4');
  toClose.push(() => socket.close());
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

function socketOf(ice: RTCIceTransport): Socket {
  const { protocols } = ice.connection as unknown as { protocols: { transport: { socket: Socket } }[] };
  return protocols[0]!.transport.socket;
}

function portOf({ localCandidates }: { localCandidates: IceCandidate[] }): number {
  return localCandidates[0]!.port;
}

async function answersGuess(ice: RTCIceTransport): Promise<boolean> {
  const { localUsername, localPassword } = ice.connection;
  const username = `${localUsername}:abcd`;
  const guess = bindingRequest({ username, password: 'a guess' });
  const known = bindingRequest({ username, password: localPassword });
  const socket = await udpSocket();
  socket.send(guess, portOf(ice), '127.0.0.1');
  socket.send(known, portOf(ice), '127.0.0.1');
  const [reply] = (await once(socket, 'message')) as [Buffer];
  return transactionOf(reply) === transactionOf(guess);
}

describe('what is mended in werift', () => {
  it('S16: no server is asked that nobody configured', async () => {
    expect(await namesAskedFor(loopbackIce())).toEqual([]);
  });

  it('S16: the server that is configured is asked', async () => {
    expect(await namesAskedFor(loopbackIce([{ urls: 'stun:stun.example.org:3478' }]))).toEqual([
      'stun.example.org',
    ]);
  });

  it('S16: a TURN server alone brings no STUN server with it', async () => {
    expect(await namesAskedFor(loopbackIce([{ urls: 'turn:turn.example.org:3478' }]))).toEqual([]);
  });

  it('(werift itself asks a public server)', async () => {
    expect(await namesAskedFor(stockIce())).toEqual(['stun.l.google.com']);
  });

  it('S16: host candidates are those of the addresses given, and no others', async () => {
    const ice = loopbackIce();
    await ice.gather();
    expect(ice.localCandidates.map(({ ip }) => ip)).toEqual(['127.0.0.1']);
    expect(socketOf(ice).address().address).toBe('127.0.0.1');
  });

  it('a connectivity check that is not signed with our password is not answered', async () => {
    const ice = loopbackIce();
    ice.onIceCandidate.subscribe(takeSockets(ice, () => undefined));
    await ice.gather();
    expect(await answersGuess(ice)).toBe(false);
  });

  it('(werift itself answers it)', async () => {
    const ice = stockIce();
    (ice.connection as unknown as { stunServer: unknown }).stunServer = undefined;
    await ice.gather();
    expect(await answersGuess(ice)).toBe(true);
  });

  it('media goes to the relay, everything else to werift', async () => {
    const ice = loopbackIce();
    const media: number[] = [];
    const others: number[] = [];
    ice.onIceCandidate.subscribe(takeSockets(ice, (packet) => media.push(packet[0]!)));
    const last = new Promise<void>((resolve) => {
      ice.connection.onData.subscribe((packet) => {
        others.push(packet[0]!);
        if (packet[0] === 192) resolve();
      });
    });
    await ice.gather();
    const socket = await udpSocket();
    for (const first of [20, 63, 127, 128, 160, 191, 192]) {
      socket.send(Buffer.from([first, ...Buffer.alloc(40)]), portOf(ice), '127.0.0.1');
    }
    await last;
    expect(media).toEqual([128, 160, 191]);
    expect(others).toEqual([20, 63, 127, 192]);
  });

  it('an error of a socket does not end the process', async () => {
    const ice = loopbackIce();
    ice.onIceCandidate.subscribe(takeSockets(ice, () => undefined));
    await ice.gather();
    expect(() => socketOf(ice).emit('error', new Error('network is down'))).not.toThrow();
  });

  it('socket buffers are larger than the system’s default', async () => {
    const ice = loopbackIce();
    ice.onIceCandidate.subscribe(takeSockets(ice, () => undefined));
    await ice.gather();
    const plain = await udpSocket();
    expect(socketOf(ice).getRecvBufferSize()).toBeGreaterThan(plain.getRecvBufferSize());
  });

  it('(werift’s own SRTP still loses a stream for good when packets around the wrap are lost)', () => {
    const key = Buffer.alloc(16, 1);
    const salt = Buffer.alloc(14, 2);
    const keys = { localMasterKey: key, localMasterSalt: salt, remoteMasterKey: key, remoteMasterSalt: salt };
    const sender = new SrtpSession({ profile: 1, keys });
    const receiver = new SrtpSession({ profile: 1, keys });
    const send = (sequenceNumber: number) =>
      sender.encrypt(Buffer.from('picture'), new RtpHeader({ payloadType: 96, sequenceNumber, ssrc: 1 }));
    receiver.decrypt(send(65_000));
    // 65,001 to 65,535 and 0 to 999 are lost; ours goes on here, see srtp-context.test.ts.
    for (let sequence = 65_001; sequence < 65_536 + 1000; sequence++) send(sequence & 0xffff);
    expect(() => receiver.decrypt(send(1000))).toThrow();
  });
});

describe('the check at start-up', () => {
  it('accepts the werift that is installed', () => {
    expect(assertWerift).not.toThrow();
  });

  it('says what differs, and what to do', () => {
    const original = Object.getOwnPropertyDescriptor(RTCDtlsTransport.prototype, 'startSrtp')!;
    Reflect.deleteProperty(RTCDtlsTransport.prototype, 'startSrtp');
    toClose.push(() => Object.defineProperty(RTCDtlsTransport.prototype, 'startSrtp', original));
    expect(assertWerift).toThrow(/startSrtp is a function.*Install exactly werift 0\.25\.2/s);
  });
});
