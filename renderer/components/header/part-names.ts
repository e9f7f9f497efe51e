import type { Part } from '../../../shared/link/part.ts';

export const partNames: Record<Part, string> = {
  route: 'Route',
  signalling: 'Signalling',
  media: 'Media',
  inference: 'Inference',
};
