/*
 * A runner for tests, as a process of its own so that it can be killed: libwebrtc, the picture sent back as it came,
 * the data channel echoed. Talks to its parent by IPC: `{ offer }` in, `{ answer }` out; `{ close }` ends all that it has.
 */
import wrtc from '@roamhq/wrtc';

const { RTCPeerConnection, nonstandard } = wrtc;

/* The binding's types lean on the DOM's, which a Node project does not have: here is what is used. */
interface Track {
  kind: string;
}
interface TrackEvent {
  track: Track;
  transceiver: { direction: string; sender: { replaceTrack(track: Track): Promise<void> } };
}
interface Frame {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}
interface Channel {
  onmessage: ((event: { data: unknown }) => void) | null;
  send(text: string): void;
  close(): void;
}
interface PeerConnection {
  iceGatheringState: string;
  localDescription: { sdp: string } | null;
  ontrack: ((event: TrackEvent) => void) | null;
  ondatachannel: ((event: { channel: Channel }) => void) | null;
  onicegatheringstatechange: (() => void) | null;
  setRemoteDescription(description: { type: 'offer'; sdp: string }): Promise<void>;
  createAnswer(): Promise<{ type: 'answer'; sdp: string }>;
  setLocalDescription(description: { type: 'answer'; sdp: string }): Promise<void>;
  close(): void;
}

interface OfferMessage {
  offer: string;
  /** Answer without the application section. */
  withoutData?: boolean;
}

const connections: PeerConnection[] = [];

function echoPicture(pc: PeerConnection): void {
  const source = new nonstandard.RTCVideoSource();
  const track = source.createTrack();
  pc.ontrack = ({ track: received, transceiver }) => {
    transceiver.direction = 'sendrecv';
    if (received.kind !== 'video') return;
    void transceiver.sender.replaceTrack(track);
    const sink = new nonstandard.RTCVideoSink(received);
    sink.onframe = ({ frame }: { frame: Frame }) => {
      // The native buffer is reused after the callback.
      source.onFrame({ ...frame, data: new Uint8Array(frame.data) });
    };
  };
}

async function gathered(pc: PeerConnection): Promise<void> {
  if (pc.iceGatheringState === 'complete') return;
  await new Promise<void>((resolve) => {
    pc.onicegatheringstatechange = () => pc.iceGatheringState === 'complete' && resolve();
  });
}

/** As a runner that knows no data channels would answer. */
function rejectData(sdp: string): string {
  return sdp.replace(/m=application \d+/, 'm=application 0').replace(/(BUNDLE.*) data/, '$1');
}

async function answerOffer({ offer, withoutData }: OfferMessage): Promise<string> {
  const pc: PeerConnection = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  connections.push(pc);
  echoPicture(pc);
  pc.ondatachannel = ({ channel }) => {
    channel.onmessage = ({ data }) => {
      if (data === 'close') channel.close();
      else channel.send(`echo ${String(data)}`);
    };
  };
  await pc.setRemoteDescription({ type: 'offer', sdp: offer });
  await pc.setLocalDescription(await pc.createAnswer());
  await gathered(pc);
  const sdp = pc.localDescription?.sdp ?? '';
  return withoutData ? rejectData(sdp) : sdp;
}

process.on('message', (message: OfferMessage | { close: true }) => {
  if ('close' in message) {
    for (const pc of connections.splice(0)) pc.close();
    return;
  }
  answerOffer(message).then(
    (answer) => process.send?.({ answer }),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
process.send?.({ ready: true });
