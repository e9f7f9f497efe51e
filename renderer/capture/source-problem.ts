/** Why the chosen source gives no picture; the test pattern stands in for it meanwhile. */
export type SourceProblem =
  /** The user or the system refused the camera or the screen. */
  | { kind: 'denied'; what: 'camera' | 'screen' }
  | { kind: 'no-camera' }
  /** The camera was there and is gone; it is taken again when it comes back. */
  | { kind: 'unplugged'; label: string }
  /** Another program holds the camera. */
  | { kind: 'busy'; label: string }
  /** The shared window was closed, or sharing was ended from outside. */
  | { kind: 'screen-ended'; name: string }
  /** A screen's permission, or a dropped file without a path, does not outlive the app. */
  | { kind: 'choose-again'; what: 'screen' | 'file'; name: string }
  | { kind: 'file-missing'; name: string }
  | { kind: 'file-unplayable'; name: string }
  | { kind: 'failed'; detail: string };
