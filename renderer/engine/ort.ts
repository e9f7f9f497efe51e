/// <reference types="vite/client" />
import * as ort from 'onnxruntime-web/jspi';
import loader from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.mjs?url';
import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url';

export type OrtSession = ort.InferenceSession;

/**
 * Settles how ONNX Runtime runs in this worker, before its first session: threads can't be changed afterwards. Its
 * files are given by address, as its own search for them fails in a bundle, and two threads hang on what it finds.
 *
 * @param threads 1 or more; more than 1 need a cross-origin isolated page.
 */
export function beginOrt(threads: number): void {
  ort.env.wasm.wasmPaths = { wasm, mjs: loader };
  ort.env.wasm.numThreads = threads;
  // This is a worker already.
  ort.env.wasm.proxy = false;
  ort.env.logLevel = 'error';
}

/** @throws {Error} If the bytes are no model, or the provider refuses it. */
export async function createSession(bytes: Uint8Array, provider: 'wasm' | 'webgpu'): Promise<OrtSession> {
  return ort.InferenceSession.create(bytes, {
    executionProviders: [provider],
    executionMode: 'sequential',
    // A failing run is reported by whoever asked for it; ONNX Runtime would print it thirty times a second.
    logSeverityLevel: 4,
  });
}

/** Resolves when the graphics device that sessions run on is lost; never where there is none. */
export async function deviceLoss(): Promise<string> {
  const device = await ort.env.webgpu.device;
  const { message, reason } = await device.lost;
  return message === '' ? reason : message;
}
