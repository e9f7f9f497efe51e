/**
 * The clean output window shows the output's picture and nothing else. A track can't be sent to another window, so
 * the app's page opens it as a page of its own origin and hands the picture over itself. Main lets exactly this page
 * be opened, by this name and in this way, and nothing else.
 */
export const outputPageFile = 'output.html';
export const outputFrameName = 'linkspan-output';
export const outputFeatures = 'popup';
