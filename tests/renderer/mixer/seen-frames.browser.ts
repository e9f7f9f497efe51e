export interface SeenFrame {
  timestampUs: number;
  width: number;
  height: number;
  /** Red, green and blue of the middle, 0–255. */
  middle: [number, number, number];
  /** The same, near the left edge. */
  edge: [number, number, number];
}

/** Reads every frame of a track, as a recorder or a second window would, into the list that it returns. */
export function seeFrames(track: MediaStreamTrack): SeenFrame[] {
  const seen: SeenFrame[] = [];
  const { readable } = new MediaStreamTrackProcessor({ track, maxBufferSize: 10 });
  const canvas = new OffscreenCanvas(64, 64);
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true })!;
  const colourAt = (x: number, y: number): [number, number, number] => {
    const [red = 0, green = 0, blue = 0] = context.getImageData(x, y, 1, 1).data;
    return [red, green, blue];
  };
  const pump = async (): Promise<void> => {
    const reader = readable.getReader();
    for (;;) {
      const { value: frame, done } = await reader.read();
      if (done) return;
      const { timestamp: timestampUs, displayWidth: width, displayHeight: height } = frame;
      context.drawImage(frame, 0, 0, 64, 64);
      frame.close();
      seen.push({ timestampUs, width, height, middle: colourAt(32, 32), edge: colourAt(2, 32) });
    }
  };
  pump().catch((error: unknown) => console.error('The output broke off', error));
  return seen;
}
