/**
 * The picture that a stream shows now, as PNG in the full size of its frames. It is taken from the element that shows
 * the stream: a picture that stands still is there, and nowhere else.
 *
 * @returns Null when no element has a frame of it.
 */
export async function grabPicture(
  stream: MediaStream,
): Promise<{ png: Uint8Array<ArrayBuffer>; width: number; height: number } | null> {
  const video = [...document.querySelectorAll('video')].find(
    ({ srcObject, readyState }) => srcObject === stream && readyState >= HTMLMediaElement.HAVE_CURRENT_DATA,
  );
  if (!video) return null;
  const { videoWidth: width, videoHeight: height } = video;
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d', { alpha: false })!.drawImage(video, 0, 0);
  const picture = await canvas.convertToBlob({ type: 'image/png' });
  return { png: new Uint8Array(await picture.arrayBuffer()), width, height };
}
