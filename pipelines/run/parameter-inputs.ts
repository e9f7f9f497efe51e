import { Tensor } from 'onnxruntime-common';
import type { Manifest } from '../manifest.ts';
import type { ParameterValues } from '../../shared/wire/parameters.ts';
import { Glide } from './glide.ts';
import { type SettableParameter, defaultInput, readParameter } from './read-parameter.ts';

/** One input tensor per parameter; made once, written in place. */
type Input =
  | { kind: 'number'; parameter: SettableParameter; tensor: Tensor; glide: Glide }
  | { kind: 'text'; parameter: SettableParameter; tensor: Tensor; text: string[] }
  | { kind: 'time'; tensor: Tensor; seconds: Float32Array };

/** The parameters of one loaded model, from what a client sends to what the graph is fed. */
export class ParameterInputs {
  readonly feeds: Readonly<Record<string, Tensor>>;
  readonly #inputs: readonly Input[];
  readonly #log: (line: string) => void;
  /** Parameters whose wrong values were reported: a client may send them thirty times a second. */
  readonly #reported = new Set<string>();
  readonly #startMs: number;
  #lastMs: number;

  /** @param nowMs A monotonic clock's milliseconds; parameters of kind `time` count from here. */
  constructor(
    params: Manifest['io']['params'],
    values: ParameterValues,
    nowMs: number,
    log: (line: string) => void,
  ) {
    this.#log = log;
    this.#startMs = nowMs;
    this.#lastMs = nowMs;
    const feeds: Record<string, Tensor> = {};
    this.#inputs = params.map((parameter) => {
      const input =
        parameter.kind === 'time' ? timeInput() : settableInput(parameter, this.#read(parameter, values));
      feeds[parameter.input] = input.tensor;
      return input;
    });
    this.feeds = feeds;
  }

  /** Values that are absent stay, names that are unknown are ignored. */
  set(values: ParameterValues): void {
    for (const input of this.#inputs) {
      if (input.kind === 'time') continue;
      const value = this.#read(input.parameter, values);
      if (value === null) continue;
      if (input.kind === 'text') input.text[0] = String(value);
      else if (typeof value !== 'string') input.glide.moveTo(value);
    }
  }

  /** Brings the tensors up to a frame's time. */
  advance(nowMs: number): void {
    for (const input of this.#inputs) {
      if (input.kind === 'number') input.glide.step(nowMs - this.#lastMs);
      else if (input.kind === 'time') input.seconds[0] = (nowMs - this.#startMs) / 1000;
    }
    this.#lastMs = nowMs;
  }

  /** Null when the value is absent or of the wrong type. */
  #read(parameter: SettableParameter, values: ParameterValues): readonly number[] | string | null {
    const value = Object.hasOwn(values, parameter.name) ? values[parameter.name] : undefined;
    if (value === undefined) return null;
    const read = readParameter(parameter, value);
    if (read.ok) return read.value;
    if (!this.#reported.has(parameter.name)) {
      this.#reported.add(parameter.name);
      this.#log(`Ignored a parameter: ${read.problem}, not ${JSON.stringify(value).slice(0, 80)}`);
    }
    return null;
  }
}

function settableInput(parameter: SettableParameter, value: readonly number[] | string | null): Input {
  const start = value ?? defaultInput(parameter);
  if (typeof start === 'string') {
    const text = [start];
    return { kind: 'text', parameter, tensor: new Tensor('string', text, [1]), text };
  }
  const glide = new Glide(start, 'smoothMs' in parameter ? (parameter.smoothMs ?? 0) : 0);
  return { kind: 'number', parameter, tensor: new Tensor('float32', glide.current, [start.length]), glide };
}

function timeInput(): Input {
  const seconds = new Float32Array(1);
  return { kind: 'time', tensor: new Tensor('float32', seconds, [1]), seconds };
}
