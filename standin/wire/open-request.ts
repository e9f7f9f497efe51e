/** What `window.open` asks for. */
export interface OpenRequest {
  url: string;
  frameName: string;
  features: string;
}

/** On the origin of every app scheme: where a page asks whether it may open a window. The app never sees it. */
export const windowOpenPath = '/.standin/window-open';
