import onnx from 'onnx-proto';
import { expect, it } from 'vitest';
import { OnnxGraph } from './graph.ts';

function decode(graph: OnnxGraph): onnx.onnx.IGraphProto {
  return onnx.onnx.ModelProto.decode(graph.toBytes()).graph!;
}

it('writes every kind of attribute so that another decoder reads it', () => {
  const graph = new OnnxGraph('attributes');
  graph.node('Thing', ['a'], { list: [1, -2], whole: 3, text: 'edge', fraction: { float: 0.5 } }, 'b');
  const [node] = decode(graph).node!;
  expect(node).toMatchObject({ opType: 'Thing', input: ['a'], output: ['b'] });
  expect(node!.attribute!.map(({ name }) => name)).toEqual(['fraction', 'list', 'text', 'whole']);
  const [fraction, list, text, whole] = node!.attribute!;
  expect(fraction!.f).toBe(0.5);
  expect(list!.ints!.map(Number)).toEqual([1, -2]);
  expect(Buffer.from(text!.s!).toString()).toBe('edge');
  expect(Number(whole!.i)).toBe(3);
});

it('stores equal constants once, little-endian, with type and shape', () => {
  const graph = new OnnxGraph('constants');
  expect(graph.floats([2], [1, 2])).toBe(graph.floats([2], [1, 2]));
  expect(graph.floats([1, 2], [1, 2])).not.toBe(graph.floats([2], [1, 2]));
  graph.integers(-1, 7);
  const [pair, row, whole] = decode(graph).initializer!;
  expect([pair, row, whole].map((tensor) => tensor!.dims!.map(Number))).toEqual([[2], [1, 2], [2]]);
  expect(Buffer.from(pair!.rawData!).readFloatLE(4)).toBe(2);
  expect(Buffer.from(whole!.rawData!).readBigInt64LE(0)).toBe(-1n);
  expect(whole!.dataType).toBe(onnx.onnx.TensorProto.DataType.INT64);
});

it('writes named and fixed dimensions', () => {
  const graph = new OnnxGraph('dimensions');
  graph.input('image', [1, 3, 'h', 'w'], 'uint8');
  const tensor = decode(graph).input![0]!.type!.tensorType!;
  expect(tensor.elemType).toBe(onnx.onnx.TensorProto.DataType.UINT8);
  const dims = tensor.shape!.dim!.map((dim) => dim.dimParam || Number(dim.dimValue));
  expect(dims).toEqual([1, 3, 'h', 'w']);
});

it('refuses a constant whose values do not fill its shape', () => {
  expect(() => new OnnxGraph('wrong').floats([2, 2], [1, 2, 3])).toThrow(RangeError);
});
