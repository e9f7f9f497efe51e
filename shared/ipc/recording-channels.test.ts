import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { chunkMaxBytes, recordingChannels } from './recording-channels.ts';

const takes = (channel: keyof typeof recordingChannels, request: unknown): boolean =>
  v.safeParse(recordingChannels[channel].request, request).success;

describe('S7: what crosses of recordings', () => {
  const piece = (bytes: unknown) => ({ id: 'a', part: 'output', bytes });

  it('is bytes of a bounded size, for a part that there is', () => {
    expect(takes('recording:write', piece(new Uint8Array(chunkMaxBytes)))).toBe(true);
    expect(takes('recording:write', piece(new Uint8Array(chunkMaxBytes + 1)))).toBe(false);
    expect(takes('recording:write', piece(new Uint8Array(0)))).toBe(false);
    expect(takes('recording:write', piece('text'))).toBe(false);
    expect(takes('recording:write', { ...piece(new Uint8Array(1)), part: '../../x' })).toBe(false);
  });

  it('never names a file or a folder', () => {
    expect(takes('recording:begin', { source: true, name: '../x' })).toBe(false);
    expect(takes('saved:reveal', { id: 'a', path: '/etc' })).toBe(false);
  });

  it('of a snapshot holds what made it, and no address', () => {
    const facts = {
      pipelineId: 'sketch',
      parameters: { strength: 1 },
      shown: { kind: 'cloud', since: 1 },
      source: { kind: 'camera', name: 'Camera' },
      size: { width: 512, height: 512 },
    };
    const png = new Uint8Array(8);
    expect(takes('snapshot:save', { png, facts })).toBe(true);
    expect(takes('snapshot:save', { png, facts: { ...facts, endpoint: 'wss://x' } })).toBe(false);
    expect(takes('snapshot:save', { png: new Uint8Array(0), facts })).toBe(false);
  });
});
