import { describe, expect, it } from 'vitest';
import { formatFps, formatMs, formatRate } from './format-figure.ts';

describe('figures', () => {
  it('shows a dash where nothing is known', () => {
    expect([formatFps(null), formatMs(null), formatRate(null)]).toEqual(['–', '–', '–']);
  });

  it('rounds to what can be read', () => {
    expect([formatFps(29.6), formatFps(0)]).toEqual(['30 fps', '0 fps']);
    expect([formatMs(0.42), formatMs(9.97), formatMs(142.4)]).toEqual(['0.4 ms', '10 ms', '142 ms']);
    expect([formatRate(812.3), formatRate(2514)]).toEqual(['812 kbps', '2.5 Mbps']);
  });
});
