/** A picture as video codecs hand it over. */
export interface I420Frame {
  width: number;
  height: number;
  /** Planes Y, U, V, tightly packed; BT.601, limited range (Y 16–235), as libwebrtc's VP8 decodes to. */
  data: Uint8Array;
}

/** Chroma planes have half the sides, rounded up. */
export function chromaSide(side: number): number {
  return (side + 1) >> 1;
}

/** Bytes of a frame. */
export function i420Size(width: number, height: number): number {
  return width * height + 2 * chromaSide(width) * chromaSide(height);
}

/** @throws {RangeError} If the data does not fill the planes, or a side is not a positive whole number. */
export function assertFrame(frame: I420Frame): void {
  const { width, height, data } = frame;
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
    throw new RangeError(`A frame cannot measure ${width}×${height}`);
  }
  if (data.length !== i420Size(width, height)) {
    throw new RangeError(
      `A ${width}×${height} I420 frame has ${i420Size(width, height)} bytes, not ${data.length}`,
    );
  }
}
