import type { ArrivingFrames } from './rtp/arriving-frames.ts';
import { IncomingStream } from './rtp/incoming-stream.ts';
import { keyFrameTest, type KeyFrameTest } from './rtp/key-frame.ts';
import { Path } from './rtp/path.ts';
import type { Sink } from './rtp/sink.ts';
import { sends, transportWideUri, type MediaSection, type SessionDescription } from './sdp/description.ts';

export interface PathEnds {
  /** Of whom the packets come; its sections' directions are as it said them itself. */
  source: SessionDescription;
  receiver: SessionDescription;
  sink: Sink;
  gate: () => void;
  waiting?: () => void;
  frames?: ArrivingFrames;
}

/** Joins what a source sends to what a receiver was promised, section by section. */
export function makePath({ source, receiver, sink, gate, waiting, frames }: PathEnds): Path {
  const path = new Path({
    sink,
    transportSequenceId: extensionsOf(source).get(transportWideUri) ?? null,
    payloadTypes: payloadTypeTable(source, receiver),
    extensionIds: extensionIdTable(source, receiver),
    gate,
    ...(waiting ? { waiting } : {}),
    ...(frames ? { frames } : {}),
  });
  const sending = source.sections.filter(
    ({ mid, port, direction }) => port > 0 && sends(direction) && sink.streams.has(mid),
  );
  const picture = sending.some(({ kind }) => kind === 'video');
  for (const section of sending) bindSection(path, section, find(receiver, section.mid), sink, picture);
  return path;
}

function find({ sections }: SessionDescription, mid: string): MediaSection | undefined {
  return sections.find((section) => section.mid === mid && section.port > 0);
}

/** With a picture in the session a sound never opens the gate: it would switch before there is something to see. */
function gateTest({ kind, codecs }: MediaSection, picture: boolean): KeyFrameTest | null {
  return picture && kind !== 'video' ? null : keyFrameTest(codecs[0]?.name ?? '');
}

function bindSection(
  path: Path,
  section: MediaSection,
  receiving: MediaSection | undefined,
  sink: Sink,
  picture: boolean,
): void {
  const streams = sink.streams.get(section.mid);
  const [codec, repair] = section.codecs;
  if (!streams || !receiving || !codec) return;
  const keyFrame = gateTest(section, picture);
  let primary: IncomingStream | null = null;
  const makePrimary = (ssrc: number) => (primary = new IncomingStream(ssrc, streams.primary, { keyFrame }));
  if (section.ssrc === null) path.bindWhenSeen(codec.payloadType, makePrimary);
  else path.bind(makePrimary(section.ssrc));

  const { rtx } = streams;
  if (!rtx || !repair || receiving.codecs.length < 2) return;
  const makeRepair = (ssrc: number) => (primary ? new IncomingStream(ssrc, rtx, { primary }) : null);
  const stream = section.rtxSsrc === null ? null : makeRepair(section.rtxSsrc);
  if (stream) path.bind(stream);
  else path.bindWhenSeen(repair.payloadType, makeRepair);
}

/** Identity is the rule, since the offer dictates the numbers; a table is made only where the answer differs. */
function payloadTypeTable(source: SessionDescription, receiver: SessionDescription): Uint8Array | null {
  const table = Uint8Array.from({ length: 128 }, (_, payloadType) => payloadType);
  for (const { mid, codecs } of source.sections) {
    for (const { payloadType, name } of codecs) {
      const target = find(receiver, mid)?.codecs.find((codec) => codec.name === name);
      if (target) table[payloadType] = target.payloadType;
    }
  }
  return table.every((target, payloadType) => target === payloadType) ? null : table;
}

function extensionIdTable(source: SessionDescription, receiver: SessionDescription): Uint8Array | null {
  const targets = extensionsOf(receiver);
  const pairs = [...extensionsOf(source)].map(([uri, id]) => [id, targets.get(uri) ?? 0] as const);
  if (pairs.every(([id, target]) => id === target)) return null;
  const table = new Uint8Array(256);
  for (const [id, target] of pairs) table[id] = target;
  return table;
}

/** By URI. Ids are the same in all sections of a bundle (RFC 8843, 9.2). */
function extensionsOf({ sections }: SessionDescription): Map<string, number> {
  return new Map(
    sections.flatMap(({ port, extensions }) =>
      port > 0 ? extensions.map(({ id, uri }): [string, number] => [uri, id]) : [],
    ),
  );
}
