import { useEffect, type ReactElement, type RefObject } from 'react';

interface LiveVideoProps {
  stream: MediaStream;
  label: string;
  className: string | undefined;
  testId: string;
  ref: RefObject<HTMLVideoElement | null>;
}

/** Shows a live stream without sound or controls. The stream's tracks may change under it. */
export function LiveVideo({ stream, label, className, testId, ref }: LiveVideoProps): ReactElement {
  useEffect(() => {
    if (ref.current) ref.current.srcObject = stream;
  }, [ref, stream]);
  return (
    <video
      ref={ref}
      className={className}
      aria-label={label}
      data-testid={testId}
      autoPlay
      muted
      playsInline
    />
  );
}
