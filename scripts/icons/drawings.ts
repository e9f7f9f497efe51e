import { hex, type Colour, type Layer } from './render.ts';
import { arch, circle, line, ring, roundedSquare, triangle, union, without, type Shape } from './shapes.ts';

/** States as the tray names them. */
export const trayStates = ['idle', 'connecting', 'live', 'warning', 'failed'] as const;
export type TrayState = (typeof trayStates)[number];

/** For dark panels, for light ones, and the black one that macOS colours itself. */
export const trayStyles = ['on-dark', 'on-light', 'template'] as const;
export type TrayStyle = (typeof trayStyles)[number];

const white = hex('#ffffff');
const skyTop = hex('#2dd4bf');
const skyBottom = hex('#1d4ed8');

const mix = (from: Colour, to: Colour, part: number): Colour => [
  from[0] + (to[0] - from[0]) * part,
  from[1] + (to[1] - from[1]) * part,
  from[2] + (to[2] - from[2]) * part,
  1,
];

/** The app's own: a span between two ends, light travelling over it. */
export const appIcon: readonly Layer[] = [
  { shape: roundedSquare(0.06, 0.2), paint: (x, y) => mix(skyTop, skyBottom, (x + 2 * y) / 3) },
  { shape: arch(0.25, 0.75, 0.62, 0.28, 0.07), paint: white },
  { shape: union(circle(0.25, 0.66, 0.095), circle(0.75, 0.66, 0.095)), paint: white },
  { shape: circle(0.5, 0.34, 0.075), paint: hex('#fde68a') },
];

const badgeAt = { x: 0.74, y: 0.74, radius: 0.24 };
const badgeDisc = circle(badgeAt.x, badgeAt.y, badgeAt.radius);
const badgeTriangle = triangle(0.71, 0.77, 0.33);
const ends = union(circle(0.17, 0.66, 0.13), circle(0.83, 0.66, 0.13));
const hollowEnds = union(ring(0.17, 0.66, 0.1, 0.07), ring(0.83, 0.66, 0.1, 0.07));
const span = arch(0.17, 0.83, 0.58, 0.34, 0.11);
const brokenSpan = arch(0.17, 0.83, 0.58, 0.34, 0.11, 0.34);
const dots = union(circle(0.31, 0.36, 0.075), circle(0.5, 0.28, 0.075), circle(0.69, 0.36, 0.075));
const exclamation = union(line(0.71, 0.65, 0.71, 0.77, 0.07), circle(0.71, 0.865, 0.042));
const cross = union(
  line(badgeAt.x - 0.09, badgeAt.y - 0.09, badgeAt.x + 0.09, badgeAt.y + 0.09, 0.075),
  line(badgeAt.x + 0.09, badgeAt.y - 0.09, badgeAt.x - 0.09, badgeAt.y + 0.09, 0.075),
);

interface Glyph {
  body: Shape;
  badge: { outline: Shape; sign: Shape; colour: Colour } | null;
}

/** The glyph of each state differs in shape, so that it can be told without colour. */
const glyphs: Record<TrayState, Glyph> = {
  idle: { body: union(hollowEnds, arch(0.17, 0.83, 0.54, 0.3, 0.06)), badge: null },
  connecting: { body: union(hollowEnds, dots), badge: null },
  live: { body: union(ends, span), badge: null },
  warning: {
    body: union(ends, brokenSpan),
    badge: { outline: badgeTriangle, sign: exclamation, colour: hex('#f59e0b') },
  },
  failed: {
    body: union(hollowEnds, brokenSpan),
    badge: { outline: badgeDisc, sign: cross, colour: hex('#dc2626') },
  },
};

const inks: Record<TrayStyle, Colour> = {
  'on-dark': hex('#f4f7f8'),
  'on-light': hex('#1c252c'),
  template: [0, 0, 0, 1],
};

/** One tray icon. Badges are punched out of the template, which knows no colour. */
export function trayIcon(state: TrayState, style: TrayStyle): Layer[] {
  const { body, badge } = glyphs[state];
  const paint = inks[style];
  if (badge === null) return [{ shape: body, paint }];
  const { outline, sign, colour } = badge;
  const cut: Layer = { shape: without(body, outline, 0.05), paint };
  if (style === 'template') return [cut, { shape: without(outline, sign, 0), paint }];
  return [cut, { shape: outline, paint: colour }, { shape: sign, paint: white }];
}
