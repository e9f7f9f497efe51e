/** The far end of the page's connection: sends back what it gets, altered. */
export class FakePeer {
  readonly #filter: string;
  readonly #connected: () => void;
  #peer: RTCPeerConnection | null = null;
  /** Connections made so far: a change of source or size must not add one. */
  made = 0;

  constructor(filter: string, connected: () => void) {
    this.#filter = filter;
    this.#connected = connected;
  }

  async answer(sdp: string): Promise<string> {
    this.close();
    this.made += 1;
    const peer = new RTCPeerConnection({ iceServers: [] });
    this.#peer = peer;
    peer.addEventListener('connectionstatechange', () => {
      if (peer.connectionState === 'connected') this.#connected();
    });
    await peer.setRemoteDescription({ type: 'offer', sdp });
    const transceiver = peer.getTransceivers()[0]!;
    transceiver.direction = 'sendrecv';
    await transceiver.sender.replaceTrack(this.#alter(transceiver.receiver.track));
    const gathered = new Promise<void>((resolve) => {
      peer.addEventListener('icegatheringstatechange', () => {
        if (peer.iceGatheringState === 'complete') resolve();
      });
    });
    await peer.setLocalDescription();
    await gathered;
    return peer.localDescription!.sdp;
  }

  close(): void {
    this.#peer?.close();
    this.#peer = null;
  }

  #alter(track: MediaStreamTrack): MediaStreamTrack {
    const { readable } = new MediaStreamTrackProcessor({ track, maxBufferSize: 1 });
    const generator = new MediaStreamTrackGenerator({ kind: 'video' });
    const canvas = new OffscreenCanvas(1, 1);
    const filter = this.#filter;
    const altered = new TransformStream<VideoFrame, VideoFrame>({
      transform(frame, controller) {
        const { displayWidth, displayHeight, timestamp } = frame;
        if (canvas.width !== displayWidth || canvas.height !== displayHeight) {
          canvas.width = displayWidth;
          canvas.height = displayHeight;
        }
        const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true })!;
        context.filter = filter;
        context.drawImage(frame, 0, 0);
        frame.close();
        controller.enqueue(new VideoFrame(canvas, { timestamp, alpha: 'discard' }));
      },
    });
    readable
      .pipeThrough(altered)
      .pipeTo(generator.writable)
      .catch((error: unknown) => console.info('The far end stopped', error));
    return generator;
  }
}
