import { type Attribute, type Dimension, type ElementType, type NodeMessage } from './messages.ts';
import { type TensorMessage, type ValueMessage, writeNode, writeTensor, writeValue } from './messages.ts';
import { ProtobufWriter } from './protobuf.ts';

/** The name of a value inside a graph: an input, a constant or a node's output. */
export type Value = string;

const irVersion = 8;
/** The newest opset that both ONNX Runtimes (web and node) and older converters read without complaint. */
export const opset = 17;

/**
 * Builds an ONNX model call by call. Equal calls give byte-identical files: names are counted, nothing is
 * dated or random. Runs in Node and browsers, without dependencies.
 */
export class OnnxGraph {
  #inputs: ValueMessage[] = [];
  #outputs: ValueMessage[] = [];
  #nodes: NodeMessage[] = [];
  #constants = new Map<string, TensorMessage>();
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  input(name: string, dims: readonly Dimension[], type: ElementType = 'float32'): Value {
    this.#inputs.push({ name, type, dims });
    return name;
  }

  /** Declares a value as an output; some node must produce it under this name. */
  output(name: string, dims: readonly Dimension[], type: ElementType = 'float32'): void {
    this.#outputs.push({ name, type, dims });
  }

  /** One float without dimensions. */
  scalar(value: number): Value {
    return this.#constant('float32', [], Float32Array.of(value));
  }

  floats(dims: readonly number[], values: readonly number[]): Value {
    return this.#constant('float32', dims, Float32Array.from(values));
  }

  /** A one-dimensional int64 tensor: shapes, axes, indices. */
  integers(...values: readonly number[]): Value {
    return this.#constant('int64', [values.length], BigInt64Array.from(values, BigInt));
  }

  /**
   * Adds a node with one output.
   *
   * @param operator An operator of opset 17, e.g. `Conv`.
   * @param name What its output is called; counted up when left out.
   */
  node(
    operator: string,
    inputs: readonly Value[],
    attributes: Readonly<Record<string, Attribute>> = {},
    name: Value = `v${this.#nodes.length}`,
  ): Value {
    this.#nodes.push({ operator, inputs, outputs: [name], attributes });
    return name;
  }

  /** The ModelProto. */
  toBytes(): Uint8Array {
    return new ProtobufWriter()
      .integer(1, irVersion)
      .string(2, 'linkspan')
      .message(7, (graph) => {
        for (const node of this.#nodes) graph.message(1, (writer) => writeNode(writer, node));
        graph.string(2, this.name);
        for (const tensor of this.#constants.values())
          graph.message(5, (writer) => writeTensor(writer, tensor));
        for (const input of this.#inputs) graph.message(11, (writer) => writeValue(writer, input));
        for (const output of this.#outputs) graph.message(12, (writer) => writeValue(writer, output));
      })
      .message(8, (operators) => operators.string(1, '').integer(2, opset))
      .finish();
  }

  /** Equal constants are stored once. */
  #constant(type: ElementType, dims: readonly number[], values: Float32Array | BigInt64Array): Value {
    const expected = dims.reduce((product, dim) => product * dim, 1);
    if (values.length !== expected) {
      throw new RangeError(`${this.name}: ${values.length} values do not fill [${dims.join(', ')}]`);
    }
    const key = `${type}[${dims.join()}]:${values.join()}`;
    const known = this.#constants.get(key);
    if (known) return known.name;
    const name = `c${this.#constants.size}`;
    this.#constants.set(key, { name, type, dims, data: littleEndian(values) });
    return name;
  }
}

function littleEndian(values: Float32Array | BigInt64Array): Uint8Array {
  const bytes = new Uint8Array(values.byteLength);
  const view = new DataView(bytes.buffer);
  values.forEach((value, index) => {
    if (typeof value === 'bigint') view.setBigInt64(index * 8, value, true);
    else view.setFloat32(index * 4, value, true);
  });
  return bytes;
}
