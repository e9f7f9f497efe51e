/** A track at the far end of a real peer connection within the page. */
export class RemoteTrack {
  readonly track: MediaStreamTrack;
  readonly #near: RTCPeerConnection;
  readonly #far: RTCPeerConnection;

  private constructor(track: MediaStreamTrack, near: RTCPeerConnection, far: RTCPeerConnection) {
    this.track = track;
    this.#near = near;
    this.#far = far;
  }

  /** Connected on return; whether frames come is up to the track that is sent. */
  static async of(sent: MediaStreamTrack): Promise<RemoteTrack> {
    const near = new RTCPeerConnection({ iceServers: [] });
    const far = new RTCPeerConnection({ iceServers: [] });
    near.addEventListener('icecandidate', ({ candidate }) => void far.addIceCandidate(candidate));
    far.addEventListener('icecandidate', ({ candidate }) => void near.addIceCandidate(candidate));
    const received = new Promise<MediaStreamTrack>((resolve) => {
      far.addEventListener('track', ({ track }) => resolve(track));
    });
    near.addTransceiver(sent, { direction: 'sendonly' });
    await near.setLocalDescription();
    await far.setRemoteDescription(near.localDescription!);
    await far.setLocalDescription();
    await near.setRemoteDescription(far.localDescription!);
    return new RemoteTrack(await received, near, far);
  }

  close(): void {
    this.#near.close();
    this.#far.close();
  }
}
