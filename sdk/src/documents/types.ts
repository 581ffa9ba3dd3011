import type { Action, Category, CodeInput, Purpose } from "../codes/types.js";
import type { ConsentryError } from "../errors/base.js";
import type { Evaluation, EvaluationRequest } from "../fhir/evaluation/types.js";

/** What is known of a request besides what was asked of the chain; more names of the parties beside their addresses. */
export type Circumstances = Partial<Pick<EvaluationRequest, "patient" | "actor" | "groups" | "custodian">>;

/** A permit of the chain that a document narrows. */
export interface ConditionalPermit {
  chainId: number;
  patient: string;
  grantee: string;
  /** What the chain was asked about, or the labels of the record: it permits no other data. */
  categories: readonly Category[];
  /** As it was asked. */
  purpose: CodeInput<Purpose>;
  action?: CodeInput<Action> | undefined;
  programme?: string | undefined;
  /** What the consent was granted with: the hash of the sentence and the document; undefined if the node has no log of it. */
  evidence: string | undefined;
  /** At which time; now if undefined. */
  at: Date | undefined;
}

/** What of some resources the document lets out, after the chain. */
export interface Narrowed<Resource extends object = object> {
  /** Whether `released`, and nothing else, may be released. */
  permitted: boolean;
  /** One sentence. */
  reason: string;
  /** As they are: what a security label asks to redact or mask first is only in the evaluation. */
  released: Resource[];
  /** What the document says in full; undefined where it could not be heard. */
  evaluation: Evaluation<Resource> | undefined;
  /** Why the document could not be heard: it is missing, or not the one that was agreed to. */
  error?: ConsentryError;
}

/** Who keeps and reads the documents that narrow consents: `ConsentDocuments` of `@consentry/sdk/fhir`. */
export interface Documents {
  narrow<Resource extends object>(
    permit: ConditionalPermit,
    resources: readonly Resource[],
    circumstances: Circumstances,
  ): Promise<Narrowed<Resource>>;
}

/**
 * Narrows a conditional decision to what the document lets out.
 *
 * Of the decision about a record: nobody can tell that the resource is that record's. Show it by `contentHash` first.
 */
export type Narrow = <Resource extends object>(
  resources: readonly Resource[],
  circumstances?: Circumstances,
) => Promise<Narrowed<Resource>>;
