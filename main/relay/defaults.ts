/** Every number of the relay. */

export const replayWindow = {
  /** At 3,000 packets/s a third of a second of reordering; a power of two. */
  rtpPackets: 1024,
  /** RTCP is at most some dozens a second; a power of two. */
  rtcpPackets: 128,
};

export const limits = {
  /** SSRCs one peer may use: video, RTX and audio are three. Bounds what a hostile peer can make us remember. */
  streamsPerContext: 64,
  /** A Chromium offer with all codecs is 7 kB. */
  sdpCharacters: 262_144,
  sdpSections: 32,
};

export const rewriting = {
  /** How long after a switch packets from before it are refused: their numbers belong to the leg before. */
  switchTailMs: 2_000,
  /**
   * A stream may start anywhere below this. Above it, packets lost around the first wrap would leave the receiver
   * with a wrong SRTP rollover counter for good.
   */
  lastFirstSequence: 0xbfff,
  /** How many sender reports per stream are remembered, to tell whether a receiver's report is about one of ours. */
  rememberedSenderReports: 16,
};

export const frameClock = {
  /** A second of picture at 30 frames/s: the median follows a change of rate within half of that. */
  intervals: 30,
  /** At 90 kHz half a second, longer than any reordering. A picture's RTP time that falls back farther starts anew. */
  lateTicks: 45_000,
};

export const switching = {
  /** Pause between requests for a key frame to a leg that delivers, but has not shown one yet (its first was lost). */
  keyFrameRetryMs: 500,
};

export const connecting = {
  /** Host candidates take a few milliseconds; what STUN and TURN bring later is trickled. */
  gatherHeadStartMs: 300,
  /** ICE and DTLS together. The link has a deadline of its own; this one is for the case that nobody else looks. */
  connectMs: 30_000,
  /** RFC 8445 lets a path come back; the link's watchdog has long made a new one by then. */
  disconnectedMs: 5_000,
  /** Seconds, as werift counts: a server-reflexive candidate that takes longer is of no use. */
  stunGatherSeconds: 3,
};

/** TURN, RFC 8656. */
export const relaying = {
  /** A second one for the day the first is down. Each server asked costs it an allocation. */
  serversPerTransport: 2,
  /** Connection, the challenge and the allocation; behind it there is a runner to reach, within `connectMs`. */
  allocateMs: 8_000,
  /** What RFC 8656 recommends to ask for; werift renews it after five sixths. */
  lifetimeSeconds: 600,
  /** A channel lasts ten minutes, but the permission that it rests on five. */
  channelRefreshSeconds: 240,
  /** How long a server may take to hear that its allocation is not needed any more. */
  goodbyeMs: 200,
  /** Two key frames at 720p. What would wait behind more than that over TCP is lost, as it would be over UDP. */
  backlogBytes: 256 * 1024,
};

export const sockets = {
  /** A burst of key-frame packets at 720p overruns Linux' 208 KiB. */
  bufferBytes: 4 * 1024 * 1024,
};

export const negotiation = {
  /** The first of these that the page offers. VP8: libwebrtc's software encoder is cheapest there. */
  videoCodecs: ['vp8', 'h264', 'vp9', 'av1'],
  audioCodecs: ['opus'],
  /** Without it libwebrtc starts at 300 kbit/s and the first seconds are 180p. */
  startBitrateKbps: 1_500,
};
