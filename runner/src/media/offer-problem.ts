const mediaLine = /^m=(\S*) /;
const known: ReadonlySet<string> = new Set(['audio', 'video', 'application']);

/**
 * What is wrong with an offer that libwebrtc would not refuse but fall over: a media section of a kind it does
 * not know ends the process (segmentation fault in M106, found by the fuzz test).
 */
export function offerProblem(sdp: string): string | null {
  const sections = sdp.split(/[\r\n]+/).filter((line) => line.startsWith('m='));
  const odd = sections.find((line) => !known.has(mediaLine.exec(line)?.[1] ?? ''));
  return odd === undefined ? null : `the offer has a media section of an unknown kind: ${odd.slice(0, 40)}`;
}
