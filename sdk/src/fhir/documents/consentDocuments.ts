import { categoriesToBits } from "../../codes/categories.js";
import type { Category } from "../../codes/types.js";
import type { Circumstances, ConditionalPermit, Documents, Narrowed } from "../../documents/types.js";
import { ConsentryError } from "../../errors/base.js";
import { DocumentAlteredError, DocumentMissingError } from "../../errors/documents.js";
import { contentHash } from "../../records/contentHash.js";
import { toBytes32 } from "../../values/bytes.js";
import { evaluate } from "../evaluation/evaluate.js";
import { handlingOf } from "../evaluation/obligations.js";
import { labelsOf } from "../labelsOf.js";
import type { Evaluation, EvaluationOptions, NameInput } from "../evaluation/types.js";
import { consentsIn } from "./consentsIn.js";
import { canonical, evidenceOf } from "./documentHash.js";
import type { DocumentStore, StoredDocument } from "./store.js";

/** A document to keep. */
export interface DocumentInput extends Omit<StoredDocument, "statement"> {
  /** The sentence that the patient agreed to, of a signed grant its `message.statement`; left out: none. */
  statement?: string | undefined;
}

/**
 * The documents that narrow conditional consents. On the chain there is only a hash: of the document, which is salted, and of
 * the sentence that the patient read.
 *
 * @example
 * import { connect, newSalt } from "@consentry/sdk";
 * import { ConsentDocuments, MemoryDocumentStore } from "@consentry/sdk/fhir";
 *
 * const documents = new ConsentDocuments(new MemoryDocumentStore());
 * const evidence = await documents.keep({ document: consent, salt: newSalt() });
 * await patient.consents.grant({ ...terms, conditional: true, evidence });
 *
 * const ehr = await connect({ runner, documents });
 * const { narrow } = await ehr.consents.decide(question);
 * const { permitted, released } = await narrow([observation]);
 */
export class ConsentDocuments implements Documents {
  readonly #store: DocumentStore;
  readonly #options: EvaluationOptions;

  /**
   * @param store where documents are kept
   * @param options how they are read, as of `evaluate`: the same as when they were imported
   */
  constructor(store: DocumentStore, options: EvaluationOptions = {}) {
    this.#store = store;
    this.#options = options;
  }

  /**
   * Keeps a document.
   *
   * @returns the evidence of the consent, 32 bytes as hex: of a direct grant pass it as `evidence`
   * @throws InvalidParameterError, MalformedResourceError
   */
  async keep({ document, salt, statement = "" }: DocumentInput): Promise<string> {
    const text = canonical(document);
    const kept = JSON.parse(text) as object;
    consentsIn(kept);
    const evidence = evidenceOf({ statement, document: contentHash(text, salt) });
    await this.#store.put(evidence, { document: kept, salt: toBytes32(salt, "salt"), statement });
    return evidence;
  }

  /** Called by `narrow` of a decision: what a document that is proved to be the one agreed to lets out. */
  async narrow<Resource extends object>(
    permit: ConditionalPermit,
    resources: readonly Resource[],
    circumstances: Circumstances,
  ): Promise<Narrowed<Resource>> {
    const consents = await this.#proved(permit.evidence);
    if (consents instanceof ConsentryError) return unheard(consents);
    const { chainId, patient, grantee, categories, purpose, action, programme, at } = permit;
    const request = {
      ...circumstances,
      patient: named(chainId, patient, circumstances.patient),
      actor: named(chainId, grantee, circumstances.actor),
      ...{ purpose, action, programme, at, resources },
    };
    const evaluation = evaluate(consents, request, this.#options);
    return settled(evaluation, categories, resources.length > 0);
  }

  /** The Consents of the document, or why nobody knows them. */
  async #proved(evidence: string | undefined): Promise<object[] | ConsentryError> {
    const stored = evidence === undefined ? undefined : await this.#store.get(evidence);
    if (evidence === undefined || stored === undefined) return new DocumentMissingError(evidence);
    try {
      const { document, salt, statement } = stored;
      const text = canonical(document);
      const found = evidenceOf({ statement, document: contentHash(text, salt) });
      // What was hashed is what is read.
      if (found === evidence) return consentsIn(JSON.parse(text));
      return new DocumentAlteredError(evidence, `Document, salt and sentence have the evidence ${found}.`);
    } catch (cause) {
      return new DocumentAlteredError(evidence, "What is kept is no document with its salt and sentence.", cause);
    }
  }
}

/** What the document lets out of what the chain was asked about. */
function settled<Resource extends object>(
  evaluation: Evaluation<Resource>,
  categories: readonly Category[],
  hasResources: boolean,
): Narrowed<Resource> {
  const { decision, reason } = evaluation;
  if (decision !== "permit") return { permitted: false, reason, released: [], evaluation };
  const covered = categoriesToBits(categories);
  const asked = evaluation.released.filter((resource) => (labelsOf(resource).bits & ~covered) === 0n);
  const released = asked.filter((resource) => handlingOf(resource).length === 0);
  if (released.length > 0 || !hasResources) return { permitted: true, reason, released, evaluation };
  return { permitted: false, reason: asked.length === 0 ? NOT_ASKED : NOT_AS_IT_IS, released, evaluation };
}

const NOT_ASKED = "The chain was not asked about data of these kinds.";
const NOT_AS_IT_IS = "Security labels ask to redact or mask it first.";

function unheard(error: ConsentryError): Narrowed<never> {
  return { permitted: false, reason: error.shortMessage, released: [], evaluation: undefined, error };
}

/** A party's names: its address, and what else it is known by. */
function named(chainId: number, address: string, more: NameInput = []): string[] {
  return [`did:pkh:eip155:${chainId}:${address}`, ...[more].flat()];
}
