/** A document and what binds it to a consent. */
export interface StoredDocument {
  /** The FHIR Consent, or a Bundle of Consents. */
  document: object;
  /** 32 bytes as hex; secret. */
  salt: string;
  /** The sentence that the patient agreed to; empty if there was none. */
  statement: string;
}

/** Where documents are kept that narrow consents, by the evidence of the consent. They tell of patients: protect them. */
export interface DocumentStore {
  /** Keeps a document, for good when it resolves. */
  put(evidence: string, stored: StoredDocument): Promise<void>;
  /** What is kept; undefined if nothing is. */
  get(evidence: string): Promise<StoredDocument | undefined>;
}

/**
 * A {@link DocumentStore} in memory, for tests and trials: it forgets everything when the process ends.
 *
 * @example
 * import { ConsentDocuments, MemoryDocumentStore } from "@consentry/sdk/fhir";
 *
 * const documents = new ConsentDocuments(new MemoryDocumentStore());
 */
export class MemoryDocumentStore implements DocumentStore {
  readonly #documents = new Map<string, StoredDocument>();

  put(evidence: string, stored: StoredDocument): Promise<void> {
    this.#documents.set(evidence, structuredClone(stored));
    return Promise.resolve();
  }

  get(evidence: string): Promise<StoredDocument | undefined> {
    return Promise.resolve(structuredClone(this.#documents.get(evidence)));
  }
}
