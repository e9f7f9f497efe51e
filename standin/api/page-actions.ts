import type { PageHost } from '../window/page-host.ts';
import { createFromBuffer, type NativeImage } from './native-image.ts';

/** Runs code in the page's main world; rejects with what it throws. */
export async function evaluate(host: PageHost, code: string, userGesture: boolean): Promise<unknown> {
  const session = await host.session();
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression: code,
    awaitPromise: true,
    returnByValue: true,
    userGesture,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value as unknown;
}

/** @param area In device-independent pixels; the whole page without it. */
export async function capture(host: PageHost, area?: Electron.Rectangle): Promise<NativeImage> {
  const session = await host.session();
  const clip = area ? { clip: { ...area, scale: 1 } } : {};
  const { data } = await session.send('Page.captureScreenshot', { format: 'png', ...clip });
  return createFromBuffer(Buffer.from(data, 'base64'));
}
