import type { Manifest } from '../manifest.ts';
import type { Area } from './resample.ts';

/** How a frame travels through a model of its own size: cut, scale in, run, scale back. */
export interface FrameGeometry {
  /** The part of the frame that the model sees. */
  seen: Area;
  /** The picture that the model gets. */
  model: { width: number; height: number };
  /** Where `seen` lies within it; around it is black. */
  content: Area;
  /** The frame that comes out. `cover` gives back only what the model has seen. */
  result: { width: number; height: number };
}

type ImageInput = Pick<Manifest['io']['image'], 'size' | 'fit'>;

export function frameGeometry(width: number, height: number, image: ImageInput): FrameGeometry {
  const frame: Area = { x: 0, y: 0, width, height };
  const { size } = image;
  if (size.mode === 'any') {
    const [maxWidth, maxHeight] = size.max ?? [width, height];
    const shrink = Math.min(1, maxWidth / width, maxHeight / height);
    const model = {
      width: toMultiple(width * shrink, size.multipleOf),
      height: toMultiple(height * shrink, size.multipleOf),
    };
    return { seen: frame, model, content: whole(model), result: { width, height } };
  }

  const model = { width: size.width, height: size.height };
  switch (image.fit) {
    case 'stretch':
      return { seen: frame, model, content: whole(model), result: { width, height } };
    case 'contain': {
      const scale = Math.min(model.width / width, model.height / height);
      return {
        seen: frame,
        model,
        content: centred(model, width * scale, height * scale),
        result: { width, height },
      };
    }
    case 'cover': {
      const scale = Math.min(width / model.width, height / model.height);
      const seen = centred(frame, model.width * scale, model.height * scale);
      return { seen, model, content: whole(model), result: { width: seen.width, height: seen.height } };
    }
    default:
      image.fit satisfies never;
      throw new TypeError('Unknown fit');
  }
}

/** Rounded down, so that a maximum holds, but never to nothing. */
function toMultiple(side: number, multiple: number): number {
  return Math.max(1, Math.floor(Math.round(side) / multiple)) * multiple;
}

function whole(size: { width: number; height: number }): Area {
  return { x: 0, y: 0, ...size };
}

function centred(outer: { width: number; height: number }, width: number, height: number): Area {
  const inner = {
    width: Math.min(outer.width, Math.max(1, Math.round(width))),
    height: Math.min(outer.height, Math.max(1, Math.round(height))),
  };
  return { x: (outer.width - inner.width) >> 1, y: (outer.height - inner.height) >> 1, ...inner };
}
