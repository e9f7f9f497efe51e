/**
 * Stands for the types of `mediabunny` where tests of Node and of the page are checked together: it brings types of
 * Chromium along that differ from those in `renderer/chromium.d.ts`. Main, which uses it, is checked against the real
 * ones.
 */
export const EncodedPacket: any;
export const EncodedPacketSink: any;
export const EncodedVideoPacketSource: any;
export const FilePathSource: any;
export const Input: any;
export const Output: any;
export const StreamTarget: any;
export const WEBM: any;
export const WebMOutputFormat: any;
export type StreamTargetChunk = any;
