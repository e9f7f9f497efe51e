import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import onnx from 'onnx-proto';
import { describe, expect, it } from 'vitest';
import { buildPipeline } from './build.ts';
import { catalogue } from './catalogue.ts';
import { parseManifest } from './manifest.ts';

describe.each(catalogue.map((description) => [description.about.id, description] as const))(
  '%s',
  (id, description) => {
    const committed = (name: string): Buffer =>
      readFileSync(new URL(`models/${id}/${name}`, import.meta.url));
    const parsed = parseManifest(committed('model.json').toString());

    it('is built byte for byte the same each time, and as committed', () => {
      const first = buildPipeline(description);
      const second = buildPipeline(description);
      expect(Buffer.from(first.model).equals(second.model)).toBe(true);
      expect(Buffer.from(first.model).equals(committed('model.onnx'))).toBe(true);
      expect(first.json).toBe(committed('model.json').toString());
    });

    it('has a manifest that names its size and SHA-256', () => {
      if (!parsed.ok) throw new Error(parsed.problem);
      const model = committed('model.onnx');
      expect(parsed.value.bytes).toBe(model.length);
      expect(parsed.value.sha256).toBe(createHash('sha256').update(model).digest('hex'));
    });

    it('is read by an independent decoder, with the inputs and outputs of the manifest', () => {
      if (!parsed.ok) throw new Error(parsed.problem);
      const { io, runtime } = parsed.value;
      const model = onnx.onnx.ModelProto.decode(committed('model.onnx'));
      expect(Number(model.opsetImport[0]!.version)).toBe(runtime.opset);
      const names = (values: readonly { name?: string | null }[]): string[] =>
        values.map(({ name }) => name ?? '').toSorted();
      const graph = model.graph!;
      expect(names(graph.input!)).toEqual(
        [
          io.image.name,
          ...io.params.map((entry) => entry.input),
          ...io.state.map((entry) => entry.input),
        ].toSorted(),
      );
      expect(names(graph.output!)).toEqual(
        [io.out.name, ...io.state.map((entry) => entry.output)].toSorted(),
      );

      const known = new Set([...names(graph.input!), ...names(graph.initializer!)]);
      for (const node of graph.node!) {
        for (const input of node.input!)
          expect(known, `${node.name} reads ${input} before it is made`).toContain(input);
        for (const output of node.output!) known.add(output);
      }
      for (const { name } of graph.output!) expect(known).toContain(name);
    });
  },
);
