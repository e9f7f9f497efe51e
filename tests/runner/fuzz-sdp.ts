import fc, { type Arbitrary } from 'fast-check';
import { damaged } from './fuzz-inputs.ts';

/** Lines that are right in form, and wrong where they stand, in what they say, or in how often. */
const oddLines = [
  'm=video 9 UDP/TLS/RTP/SAVPF 96 97',
  'm=video 0 UDP/TLS/RTP/SAVPF 96',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
  'm=application 9 DTLS/SCTP 5000',
  'm=text 9 UDP/TLS/RTP/SAVPF 96',
  'm=message 9 TCP/MSRP *',
  'm=video 9 RTP/AVP 96',
  'm=video 99999 UDP/TLS/RTP/SAVPF',
  'a=mid:0',
  'a=mid:',
  'a=group:BUNDLE 0 0 1 2 3',
  'a=group:BUNDLE',
  'a=group:LS 0 1',
  'a=ice-ufrag:a',
  'a=ice-pwd:short',
  'a=ice-options:renomination trickle',
  'a=ice-lite',
  'a=fingerprint:sha-256 00:11',
  'a=fingerprint:md5 AA:BB',
  'a=setup:holdconn',
  'a=setup:active',
  'a=extmap:0 urn:ietf:params:rtp-hdrext:sdes:mid',
  'a=extmap:999999/sendonly urn:x',
  'a=extmap:1 urn:ietf:params:rtp-hdrext:encrypt urn:ietf:params:rtp-hdrext:toffset',
  'a=rtpmap:96 VP8/90000',
  'a=rtpmap:96 H264/90000',
  'a=rtpmap:300 VP8/90000',
  'a=rtpmap:97 rtx/0',
  'a=fmtp:97 apt=97',
  'a=fmtp:96 x-google-max-bitrate=99999999999999999999;x-google-min-bitrate=-1',
  'a=rtcp-fb:* nack pli',
  'a=rtcp-fb:96 transport-cc',
  'a=rid:hi send pt=96',
  'a=rid:lo recv max-width=0',
  'a=simulcast:send hi;lo,~hi recv lo',
  'a=ssrc:4294967296 cname:x',
  'a=ssrc:1 cname:',
  'a=ssrc-group:FID 1 2 3',
  'a=ssrc-group:SIM 1 1 1',
  'a=msid:- -',
  'a=msid:a b c d',
  'a=sctp-port:0',
  'a=sctp-port:-1',
  'a=max-message-size:99999999999999999999',
  'a=candidate:1 1 udp 2122260223 127.0.0.1 9 typ host',
  'a=candidate:1 1 tcp 1 ::1 0 typ relay raddr x rport y',
  'a=end-of-candidates',
  'a=rtcp:9 IN IP4 0.0.0.0',
  'a=rtcp-mux',
  'a=rtcp-rsize',
  'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:AAAA',
  'a=inactive',
  'a=sendonly',
  'b=AS:-1',
  'b=TIAS:99999999999',
  'c=IN IP6 ::1',
  's=',
  't=0 0',
  'v=1',
  'a=',
  'x',
];

interface Edit {
  kind: 'drop' | 'double' | 'move' | 'odd' | 'replace' | 'number' | 'section';
  from: number;
  to: number;
  odd: string;
  number: string;
  /** Another kind of media section. */
  media: string;
}

const edit: Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom('drop', 'double', 'move', 'odd', 'replace', 'number', 'section'),
  from: fc.nat(999),
  to: fc.nat(999),
  odd: fc.constantFrom(...oddLines),
  number: fc.constantFrom('0', '-1', '65536', '4294967295', '4294967296', '1e9', '18446744073709551616', ''),
  media: fc.constantFrom('text', 'message', 'image', 'audio', 'application', 'VIDEO', 'x'),
});

function change(lines: readonly string[], { kind, from, to, odd, number, media }: Edit): string[] {
  const at = Math.floor((from * lines.length) / 1000);
  const other = Math.floor((to * lines.length) / 1000);
  const line = lines[at] ?? '';
  switch (kind) {
    case 'drop':
      return lines.toSpliced(at, 1);
    case 'double':
      return lines.toSpliced(other, 0, line);
    case 'move':
      return lines.toSpliced(at, 1).toSpliced(other, 0, line);
    case 'odd':
      return lines.toSpliced(at, 0, odd);
    case 'replace':
      return lines.toSpliced(at, 1, odd);
    case 'number':
      return lines.toSpliced(at, 1, line.replace(/\d+/, number));
    case 'section': {
      const sections = lines.flatMap((text, index) => (text.startsWith('m=') ? [index] : []));
      const section = sections[from % Math.max(1, sections.length)] ?? at;
      return lines.with(section, (lines[section] ?? '').replace(/^m=\w+/, `m=${media}`));
    }
    default:
      kind satisfies never;
      return [...lines];
  }
}

/** An offer that libwebrtc made, changed line by line or anywhere in the text. */
export function damagedSdps(offer: string): Arbitrary<string> {
  const lines = offer.split('\r\n');
  return fc.oneof(
    {
      weight: 3,
      arbitrary: fc
        .array(edit, { minLength: 1, maxLength: 6 })
        .map((edits) => edits.reduce<string[]>(change, lines).join('\r\n')),
    },
    { weight: 1, arbitrary: damaged([offer]) },
  );
}
