import { ConsentryError } from "./base.js";

/** A conditional consent can't be narrowed: the client knows no documents. */
export class NoDocumentsError extends ConsentryError {
  override readonly name = "NoDocumentsError";

  constructor() {
    super("The client knows no documents.", {
      code: "NoDocuments",
      hint: "Give `connect` documents: `new ConsentDocuments(store)` of @consentry/sdk/fhir. Until then nothing is released.",
    });
  }
}

/** The document that narrows a consent is not kept here. */
export class DocumentMissingError extends ConsentryError {
  override readonly name = "DocumentMissingError";
  /** What the consent was granted with; undefined if the node has no log of it. */
  readonly evidence: string | undefined;

  constructor(evidence: string | undefined) {
    super("The document that narrows the consent is not kept here.", {
      code: "DocumentMissing",
      details: evidence === undefined ? "The node has no log of the grant." : `Evidence ${evidence}`,
      hint: "Ask who took the consent for the document, its salt and the sentence, and keep them. Until then nothing is released.",
    });
    this.evidence = evidence;
  }
}

/** A document is not the one that the patient agreed to. */
export class DocumentAlteredError extends ConsentryError {
  override readonly name = "DocumentAlteredError";
  readonly evidence: string;

  constructor(evidence: string, details: string, cause?: unknown) {
    super("The document is not the one that the patient agreed to.", {
      code: "DocumentAltered",
      details,
      hint: "Document, salt or sentence were changed after the grant: restore them. Until then nothing is released.",
      cause,
    });
    this.evidence = evidence;
  }
}
