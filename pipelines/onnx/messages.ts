import type { ProtobufWriter } from './protobuf.ts';

/**
 * The messages of an ONNX file that image graphs need, one writer each. Field numbers are those of
 * https://github.com/onnx/onnx/blob/main/onnx/onnx.proto (IR version 8).
 */

/** TensorProto.DataType. */
export const elementType = { float32: 1, uint8: 2, int32: 6, int64: 7, bool: 9 } as const;
export type ElementType = keyof typeof elementType;

/** A fixed size, or the name of one that is known only when the graph runs (`h`, `w`). */
export type Dimension = number | string;

/** Whole numbers become INT attributes; a FLOAT is asked for by name, as JavaScript cannot tell 1 from 1.0. */
export type Attribute = number | readonly number[] | string | { readonly float: number };

export interface TensorMessage {
  readonly name: string;
  readonly type: ElementType;
  readonly dims: readonly number[];
  /** Little-endian, row-major. */
  readonly data: Uint8Array;
}

export interface NodeMessage {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

export interface ValueMessage {
  readonly name: string;
  readonly type: ElementType;
  readonly dims: readonly Dimension[];
}

export function writeTensor(writer: ProtobufWriter, tensor: TensorMessage): void {
  for (const dim of tensor.dims) writer.integer(1, dim);
  writer.integer(2, elementType[tensor.type]).string(8, tensor.name).bytes(9, tensor.data);
}

export function writeNode(writer: ProtobufWriter, node: NodeMessage): void {
  for (const input of node.inputs) writer.string(1, input);
  for (const output of node.outputs) writer.string(2, output);
  writer.string(3, `${node.operator}_${node.outputs[0]}`).string(4, node.operator);
  // Sorted, so that the order in which a description lists attributes does not change the file.
  for (const name of Object.keys(node.attributes).toSorted()) {
    writer.message(5, (attribute) => writeAttribute(attribute, name, node.attributes[name]!));
  }
}

/** ValueInfoProto: the name, type and shape of a graph's input or output. */
export function writeValue(writer: ProtobufWriter, value: ValueMessage): void {
  writer.string(1, value.name).message(2, (type) =>
    type.message(1, (tensor) =>
      tensor.integer(1, elementType[value.type]).message(2, (shape) => {
        for (const dim of value.dims) {
          shape.message(1, (d) => (typeof dim === 'number' ? d.integer(1, dim) : d.string(2, dim)));
        }
      }),
    ),
  );
}

/** AttributeProto.AttributeType, in field 20. */
const attributeType = { float: 1, int: 2, string: 3, ints: 7 } as const;

function writeAttribute(writer: ProtobufWriter, name: string, value: Attribute): void {
  writer.string(1, name);
  if (typeof value === 'number') {
    writer.integer(3, value).integer(20, attributeType.int);
  } else if (typeof value === 'string') {
    writer.string(4, value).integer(20, attributeType.string);
  } else if ('float' in value) {
    writer.float(2, value.float).integer(20, attributeType.float);
  } else {
    for (const item of value) writer.integer(8, item);
    writer.integer(20, attributeType.ints);
  }
}
