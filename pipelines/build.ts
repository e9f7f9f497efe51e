import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { catalogue } from './catalogue.ts';
import type { PipelineDescription } from './graphs/description.ts';
import { type Manifest, parseManifest } from './manifest.ts';
import { opset } from './onnx/graph.ts';

/**
 * Writes `models/<id>/model.onnx` and `model.json` from the descriptions; `--check` writes nothing and fails
 * when a committed file differs. The only file here that touches the disk.
 */
const imageFormat = { layout: 'NCHW', type: 'float32', channels: 'RGB', scale: 1 } as const;

/** The two files of one pipeline, ready to be written. */
export function buildPipeline(description: PipelineDescription): { model: Uint8Array; json: string } {
  const model = description.graph().toBytes();
  const { about } = description;
  const manifest: Manifest = {
    schema: 1,
    id: about.id,
    version: about.version,
    title: about.title,
    description: about.description,
    file: 'model.onnx',
    sha256: createHash('sha256').update(model).digest('hex'),
    bytes: model.length,
    license: 'Apache-2.0',
    runtime: { opset, ep: ['cuda', 'webgpu', 'wasm', 'cpu'], precision: 'fp32', identity: about.identity },
    io: {
      image: {
        name: 'image',
        ...imageFormat,
        size: { mode: 'any', multipleOf: 1, max: [1920, 1080] },
        fit: 'stretch',
      },
      out: { name: 'out', ...imageFormat, clamp: true },
      params: about.params,
      state: about.state,
    },
    budget: about.budget,
  };
  const json = `${JSON.stringify(manifest, null, 2)}\n`;
  const parsed = parseManifest(json);
  if (!parsed.ok) throw new Error(`${about.id}: ${parsed.problem}`);
  return { model, json };
}

function differs(file: URL, wanted: Uint8Array): boolean {
  try {
    return !readFileSync(file).equals(wanted);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
    throw error;
  }
}

function main(): void {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  let stale = 0;
  for (const description of catalogue) {
    const folder = new URL(`models/${description.about.id}/`, import.meta.url);
    const { model, json } = buildPipeline(description);
    const files = { 'model.onnx': model, 'model.json': new TextEncoder().encode(json) };
    for (const [name, content] of Object.entries(files)) {
      const file = new URL(name, folder);
      if (!differs(file, content)) continue;
      stale += 1;
      console.log(
        `${values.check ? 'differs' : 'written'}: pipelines/models/${description.about.id}/${name}`,
      );
      if (values.check) continue;
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, content);
    }
  }
  if (values.check && stale > 0) {
    console.error('The committed models are not what their descriptions say. Run: node pipelines/build.ts');
    process.exitCode = 1;
  } else {
    console.log(`${catalogue.length} pipelines up to date.`);
  }
}

if (import.meta.main) main();
