/** Where a document is kept: written whole, and either completely or not at all. */
export interface Persistence<Document> {
  /** @throws When the system refuses the write; what was there before is still there. */
  write(document: Document): void;
}
