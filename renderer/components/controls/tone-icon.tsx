import { CircleCheck, CircleDashed, CircleX, TriangleAlert } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Tone } from '../../../shared/link/present-link.ts';
import { Spinner } from './spinner.tsx';

const icons = { idle: CircleDashed, live: CircleCheck, warning: TriangleAlert, error: CircleX };

/** A tone as a shape of its own, for whoever does not see the colour; words must stand beside it. */
export function ToneIcon({ tone, size }: { tone: Tone; size: number }): ReactElement {
  if (tone === 'busy') return <Spinner size={size} />;
  const Icon = icons[tone];
  return <Icon size={size} aria-hidden />;
}
