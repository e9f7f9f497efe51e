import type { SessionDescription } from './description.ts';

/** A mid for a section of our own. */
export function unusedMid({ sections }: SessionDescription): string {
  let mid = 'data';
  while (sections.some((section) => section.mid === mid)) mid += '0';
  return mid;
}

/** Whether a runner that was offered `before` can go on with the media of `now`; numbers may differ, media may not. */
export function offersTheSame(before: SessionDescription, now: SessionDescription): boolean {
  return before.sections.every((section, i) => {
    const other = now.sections[i];
    if (section.port === 0) return true;
    return (
      other !== undefined &&
      other.port > 0 &&
      other.mid === section.mid &&
      other.direction === section.direction &&
      other.codecs[0]?.rtpmap === section.codecs[0]?.rtpmap
    );
  });
}
