import type { FrameSize } from '../../shared/settings/schema.ts';

type Context = OffscreenCanvasRenderingContext2D;

/** 75 % colour bars, in the order of SMPTE RP 219: by falling luminance. */
const bars = ['#bfbfbf', '#bfbf00', '#00bfbf', '#00bf00', '#bf00bf', '#bf0000', '#0000bf'] as const;

function paintSky(context: Context, { width, height }: FrameSize, seconds: number): void {
  const sky = context.createLinearGradient(0, 0, 0, height);
  const hue = 205 + 25 * Math.sin(seconds / 5);
  sky.addColorStop(0, `hsl(${hue} 60% 14%)`);
  sky.addColorStop(0.62, `hsl(${hue + 65} 52% 42%)`);
  sky.addColorStop(1, `hsl(${hue + 150} 78% 66%)`);
  context.fillStyle = sky;
  context.fillRect(0, 0, width, height);
}

function paintSun(context: Context, { width, height }: FrameSize, seconds: number): void {
  const unit = Math.min(width, height);
  const x = width * (0.5 + 0.26 * Math.sin(seconds * 0.7));
  const y = height * (0.36 + 0.07 * Math.cos(seconds * 0.9));
  context.strokeStyle = 'rgb(255 244 214 / 0.5)';
  context.lineWidth = Math.max(1, unit / 160);
  for (const [radius, turn] of [
    [0.21, 0.9],
    [0.26, -0.6],
  ] as const) {
    context.beginPath();
    context.arc(x, y, unit * radius, seconds * turn, seconds * turn + 4.4);
    context.stroke();
  }
  context.fillStyle = '#fff4d6';
  context.beginPath();
  context.arc(x, y, unit * 0.155, 0, Math.PI * 2);
  context.fill();
}

/** Three ridges that drift at different speeds: edges, depth and motion for any pipeline to work on. */
function paintRidges(context: Context, { width, height }: FrameSize, seconds: number): void {
  for (const [index, colour] of ['#41518a', '#2b3768', '#171f42'].entries()) {
    const base = height * (0.56 + index * 0.1);
    const swell = height * (0.1 - index * 0.018);
    context.fillStyle = colour;
    context.beginPath();
    context.moveTo(0, height);
    for (let step = 0; step <= 48; step += 1) {
      const across = step / 48;
      const phase = across * (5 + index * 3) + seconds * (0.25 + index * 0.3) + index * 2;
      context.lineTo(across * width, base + swell * (Math.sin(phase) + 0.45 * Math.sin(phase * 2.3)) * 0.7);
    }
    context.lineTo(width, height);
    context.fill();
  }
}

function paintBars(context: Context, { width, height }: FrameSize, seconds: number): void {
  const top = height * 0.885;
  const each = width / bars.length;
  for (const [index, colour] of bars.entries()) {
    context.fillStyle = colour;
    context.fillRect(Math.floor(index * each), top, Math.ceil(each) + 1, height - top);
  }
  // One sweep across the bars in 4 seconds: a repeated or torn frame is seen at once.
  context.fillStyle = '#ffffff';
  context.fillRect(
    ((seconds / 4) % 1) * width - 1,
    top - height * 0.012,
    Math.max(2, width / 170),
    height * 0.13,
  );
}

function paintCounter(context: Context, { width, height }: FrameSize, count: number): void {
  const size = Math.round(Math.min(width, height) * 0.062);
  const text = String(count).padStart(6, '0');
  context.font = `600 ${size}px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace`;
  context.textBaseline = 'middle';
  const label = context.measureText(text).width;
  const margin = size * 0.75;
  context.fillStyle = 'rgb(8 11 24 / 0.72)';
  context.beginPath();
  context.roundRect(margin, margin, label + size * 1.1, size * 1.7, size * 0.4);
  context.fill();
  context.fillStyle = '#ffffff';
  context.fillText(text, margin + size * 0.55, margin + size * 0.9);
}

/**
 * Draws one picture of the test pattern, whatever the size: a landscape in motion, colour bars with a sweep,
 * and a frame counter.
 *
 * @param moment.count Number of this frame, shown as it is.
 * @param moment.seconds Since the pattern began; all motion follows it, so that dropped frames don't slow it.
 */
export function paintTestPattern(
  context: Context,
  size: FrameSize,
  moment: { count: number; seconds: number },
): void {
  paintSky(context, size, moment.seconds);
  paintSun(context, size, moment.seconds);
  paintRidges(context, size, moment.seconds);
  paintBars(context, size, moment.seconds);
  paintCounter(context, size, moment.count);
}
