/** Longest part of the engine's words that is shown: its errors may quote whole shaders. */
const quotedMax = 200;

const explanations: readonly { when: RegExp; say: string }[] = [
  {
    when: /external.?data|MountedFiles/i,
    say: 'Its weights lie in a file of their own (“external data”). Export the model into a single .onnx file.',
  },
  {
    when: /protobuf|parse|no graph|not a valid|invalid model|ModelProto/i,
    say: 'The file is no ONNX model, or it is damaged. Download or export it again.',
  },
  {
    when: /registered (?:function|op)|not implemented|could not find an implementation|opset|unsupported (?:op|model ir)/i,
    say: 'It uses operators that the engine of this app does not have. Export it with the standard operators of opset 17.',
  },
  {
    when: /bad_alloc|out of memory|allocat|memory access|RangeError: Array buffer/i,
    say: 'It needs more memory than there is here. Use a smaller model.',
  },
];

/** What the engine's words about a candidate mean, and what to do about it. */
export function explainProblem(problem: string): string {
  const known = explanations.find(({ when }) => when.test(problem));
  if (known) return known.say;
  const [line = ''] = problem.trim().split('\n');
  const quoted = line.length > quotedMax ? `${line.slice(0, quotedMax)}…` : line;
  return `It does not run here: ${quoted}`;
}
