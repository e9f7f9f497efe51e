/** Numbers of the link. Times are milliseconds. */
export interface LinkSettings {
  /** TCP, TLS and upgrade together. `ws` has no limit of its own, and a hung server would hold us for minutes. */
  dialMs: number;
  /** From the open socket to `ready`: a cold start of a GPU machine takes minutes. */
  readyMs: number;
  /** A reply to `get_ice_servers` or an `api` request. */
  requestMs: number;
  /** Loading a pipeline: weights may have to be fetched first. */
  loadMs: number;
  /** Between two looks at a load that goes on after its request was answered. */
  loadPollMs: number;
  /** From the offer to the answer. */
  offerMs: number;
  /** From the answer to ICE and DTLS being up: a relayed path may need several tries. */
  connectedMs: number;
  /** From connected to the first key frame: the first inference of a cold pipeline is slow. */
  firstFrameMs: number;
  /** An acknowledgement of a candidate. */
  candidateMs: number;
  /** The page attaches before or right after a start. */
  pageMs: number;
  /** Silence of the runner's picture that means it stalled, if frames come often enough for it (A14). */
  mediaSilenceMs: number;
  /** Silence measured in the picture's own time: so many median intervals between frames. */
  mediaSilenceFrames: number;
  /**
   * The same while feedback still arrives: libwebrtc asks for a key frame when a picture could not be repaired for
   * 3 s, so that long a missing picture may be only the network's.
   */
  mediaRepairMs: number;
  /** Between two looks of the media watchdog. */
  mediaWatchMs: number;
  /** The page counts as sending for so long after its last packet. */
  pageActiveMs: number;
  pingIntervalMs: number;
  /** Silence that means loss: two pongs missed and a second to spare. */
  livenessMs: number;
  /** Silence that means loss after something happened for which an open socket proves nothing. */
  probeMs: number;
  /** A timer that fires this late shows that our own loop stood still, not the peer. */
  stallMs: number;
  /** How long an orderly close may take before the socket is cut. */
  closeMs: number;
  statsMs: number;
  /** The system's answer which proxy to use: a script may have to be fetched for it. */
  proxyMs: number;
  /** Between two looks whether a port that refused is open again. */
  portWatchMs: number;
  /** Largest frame taken from a runner, bytes: binary API answers arrive as base64 text. */
  maxFrameBytes: number;
}

export const linkDefaults: LinkSettings = {
  dialMs: 10_000,
  readyMs: 180_000,
  requestMs: 30_000,
  loadMs: 180_000,
  loadPollMs: 500,
  offerMs: 30_000,
  connectedMs: 30_000,
  firstFrameMs: 30_000,
  candidateMs: 10_000,
  pageMs: 30_000,
  mediaSilenceMs: 1_000,
  mediaSilenceFrames: 4,
  mediaRepairMs: 3_000,
  mediaWatchMs: 100,
  pageActiveMs: 500,
  pingIntervalMs: 4_000,
  livenessMs: 9_000,
  probeMs: 3_000,
  stallMs: 1_000,
  closeMs: 1_000,
  statsMs: 1_000,
  proxyMs: 5_000,
  portWatchMs: 100,
  maxFrameBytes: 16 * 1024 * 1024,
};
