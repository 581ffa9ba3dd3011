import type { Category } from "../../codes/types.js";
import type { ConsentInput } from "../../consents/types.js";
import type { RevocationInput } from "../../consents/revoke.js";
import type { TimeInput } from "../../values/dates.js";
import type { ReviewIssue } from "../consent/types.js";
import type { EvaluationOptions } from "../evaluation/types.js";
import type { Names } from "../references.js";

/** Who is in a Group or CareTeam now. */
export interface Members {
  /** Addresses. */
  members: readonly string[];
  /** Which state of the Group it is, as its `meta.versionId`. */
  version: string;
}

/** A value, or a promise of one. */
type Awaitable<Value> = Value | Promise<Value>;

/** How names in documents are found on the chain, and how much a document may say without saying it. */
export interface ImportOptions extends Pick<EvaluationOptions, "combining" | "timeZone"> {
  /** The chain that the grants are for: a `did:pkh` of another one names nobody on it. */
  chainId: bigint | number;
  /** The address of a patient that documents name otherwise than by `did:pkh` of this chain; undefined: not known. */
  patientOf?: ((names: Names) => Awaitable<string | undefined>) | undefined;
  /** The address of a recipient that documents name otherwise than by `did:pkh` of this chain, as from the directory; undefined: not known. */
  granteeOf?: ((names: Names) => Awaitable<string | undefined>) | undefined;
  /** Who is in a Group or CareTeam; undefined: not known. */
  membersOf?: ((names: Names) => Awaitable<Members | undefined>) | undefined;
  /** The id of the record that a resource is; undefined: it is none. */
  recordOf?: ((names: Names) => Awaitable<string | undefined>) | undefined;
  /** Whether a permit that names no recipient is a grant to ANY_PROVIDER; otherwise it needs review. */
  anyProvider?: boolean | undefined;
  /** `named` (if left out): sensitive data are granted where a permit names them; `as-written`: wherever none withholds them. */
  sensitive?: "named" | "as-written" | undefined;
  /** What ended before is left out; now if left out. */
  at?: TimeInput | undefined;
}

/** A grant that documents amount to: parameters of `consents.grant`, besides the evidence. */
export type ImportedGrant = ConsentInput & { until: Date | "until-revoked"; conditional: boolean };

/** What documents permit, and no grant has. */
export interface LeftOutCategories {
  grantee: string;
  /** Sensitive data that no permit names. */
  categories: Category[];
}

/** A Group whose members were looked up. */
export interface ExpandedGroup {
  names: Names;
  version: string;
  members: string[];
}

/** What a patient's Consents amount to on the chain. */
export interface ImportedConsents {
  /** The patient's address; undefined where no live consent tells it. */
  patient: string | undefined;
  /** To be said first: each leaves a refusal, and ends what was granted there before. */
  revocations: RevocationInput[];
  /** To be granted then. The conditional ones need the hash of the documents, and `evaluate`. Empty if something needs review. */
  grants: ImportedGrant[];
  /** What the grants leave out though no document forbids it. */
  leftOut: LeftOutCategories[];
  /** Groups whose members the grants are for. Ask again when they change. */
  groups: ExpandedGroup[];
  /** What can't be computed: nothing is granted then. */
  needsReview: ReviewIssue[];
}
