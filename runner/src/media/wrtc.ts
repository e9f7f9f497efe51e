import { createRequire } from 'node:module';
import type { WireIceCandidate } from '../../../shared/wire/client-messages.ts';
import type { IceServer } from '../../../shared/wire/server-messages.ts';
import type { I420Frame } from '../inference/index.ts';

/**
 * What we use of @roamhq/wrtc (libwebrtc M106). Its own types lean on the browser's, which a Node project
 * does not have. Two gaps, tried with 0.10.0: `RTCRtpSender.setParameters` always rejects (InvalidStateError),
 * so that bitrates go through the SDP; and a peer that closes shows in its data channel only, the
 * connection's state stays `connected` until consent runs out.
 */
export interface VideoTrack {
  readonly kind: 'video' | 'audio';
}

interface DataChannel {
  readonly label: string;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: (() => void) | null;
}

export interface Transceiver {
  direction: 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';
  readonly stopped: boolean;
  readonly sender: { replaceTrack(track: VideoTrack | null): Promise<void> };
}

export interface PeerConnection {
  readonly connectionState: 'new' | 'connecting' | 'connected' | 'disconnected' | 'failed' | 'closed';
  readonly iceGatheringState: 'new' | 'gathering' | 'complete';
  readonly localDescription: { sdp: string } | null;
  ontrack: ((event: { track: VideoTrack; transceiver: Transceiver }) => void) | null;
  ondatachannel: ((event: { channel: DataChannel }) => void) | null;
  onconnectionstatechange: (() => void) | null;
  onicegatheringstatechange: (() => void) | null;
  onicecandidate: ((event: { candidate: { candidate: string } | null }) => void) | null;
  setRemoteDescription(description: { type: 'offer' | 'answer'; sdp: string }): Promise<void>;
  createAnswer(): Promise<{ type: 'answer'; sdp: string }>;
  setLocalDescription(description: { type: 'offer' | 'answer'; sdp: string }): Promise<void>;
  addIceCandidate(candidate: WireIceCandidate): Promise<void>;
  close(): void;
}

export interface VideoSource {
  createTrack(): VideoTrack;
  /** Copies the frame. */
  onFrame(frame: I420Frame): void;
}

export interface VideoSink {
  onframe: ((event: { frame: I420Frame }) => void) | null;
  stop(): void;
}

interface Wrtc {
  RTCPeerConnection: new (configuration: {
    sdpSemantics: 'unified-plan';
    bundlePolicy: 'max-bundle';
    iceServers: readonly IceServer[];
    /** This binding's own. */
    portRange?: { min: number; max: number };
  }) => PeerConnection;
  nonstandard: {
    i420ToRgba: (i420: I420Frame, rgba: { width: number; height: number; data: Uint8ClampedArray }) => void;
    RTCVideoSource: new (init: { isScreencast?: boolean; needsDenoising?: boolean }) => VideoSource;
    RTCVideoSink: new (track: VideoTrack) => VideoSink;
  };
}

/** The package is CommonJS, and its names are not visible to an import statement. */
const require = createRequire(import.meta.url);
const wrtc = require('@roamhq/wrtc') as Wrtc;

/** @param udpPorts Null for any. When all are taken no candidate is gathered, and the offer fails. */
export function makePeerConnection(
  iceServers: readonly IceServer[],
  udpPorts: { min: number; max: number } | null,
): PeerConnection {
  return new wrtc.RTCPeerConnection({
    sdpSemantics: 'unified-plan',
    bundlePolicy: 'max-bundle',
    iceServers,
    ...(udpPorts !== null && { portRange: udpPorts }),
  });
}

/** Without denoising: it smears what a pipeline drew, and costs time in the encoder. */
export function makeVideoSource(): VideoSource {
  return new wrtc.nonstandard.RTCVideoSource({ isScreencast: false, needsDenoising: false });
}

/** `onFrame` gets each decoded frame in a buffer of its own. */
export function makeVideoSink(track: VideoTrack, onFrame: (frame: I420Frame) => void): VideoSink {
  const sink = new wrtc.nonstandard.RTCVideoSink(track);
  sink.onframe = ({ frame }) => onFrame(frame);
  return sink;
}

/** Four bytes per pixel, as displayed. */
export function toRgba(frame: I420Frame): Uint8Array {
  const { width, height } = frame;
  const data = new Uint8ClampedArray(width * height * 4);
  wrtc.nonstandard.i420ToRgba(frame, { width, height, data });
  return new Uint8Array(data.buffer);
}
