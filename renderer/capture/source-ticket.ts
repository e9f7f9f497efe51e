/**
 * What a source needs beyond its choice to be opened without asking again, valid while the app runs. It is
 * never stored: screens have to be chosen anew, files are opened again by their path.
 */
export type SourceTicket = { kind: 'screen'; id: string } | { kind: 'file'; url: string };
