import type { Protocol } from 'devtools-protocol';

export interface ConsoleDetails {
  level: 'info' | 'warning' | 'error' | 'debug';
  message: string;
  lineNumber: number;
  sourceId: string;
}

/** A console call of the page, as `console-message` describes it. */
export function describeConsole(event: Protocol.Runtime.ConsoleAPICalledEvent): ConsoleDetails {
  const { type, args, stackTrace } = event;
  const at = stackTrace?.callFrames[0];
  return {
    level: type === 'error' || type === 'warning' || type === 'debug' ? type : 'info',
    message: args.map((arg) => String(arg.value ?? arg.description ?? arg.type)).join(' '),
    lineNumber: at?.lineNumber ?? 0,
    sourceId: at?.url ?? '',
  };
}
