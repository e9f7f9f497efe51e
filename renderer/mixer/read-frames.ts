/**
 * Hands over a stream's frames as they come, from then on the caller's to close.
 *
 * @returns Ends it: nothing is handed over any more, and the stream is let go.
 */
export function readFrames(
  readable: ReadableStream<VideoFrame>,
  take: (frame: VideoFrame) => void,
): () => void {
  const reader = readable.getReader();
  let ended = false;
  const pump = async (): Promise<void> => {
    for (;;) {
      const { value: frame, done } = await reader.read();
      if (done) return;
      if (ended) {
        frame.close();
        return;
      }
      take(frame);
    }
  };
  pump().catch((error: unknown) => console.error("The cloud's stream broke off", error));
  return () => {
    ended = true;
    reader
      .cancel()
      .catch((error: unknown) => console.error("The cloud's stream would not be cancelled", error));
  };
}
