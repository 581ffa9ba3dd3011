import type { Action, Category, Purpose } from "../codes/types.js";
import type { ConsentInput } from "../consents/types.js";
import type { StatementDomain, StatementSigner } from "../signing/types.js";
import type { TimeInput } from "../values/dates.js";

/** What of a consent a provider can ask for. */
type Asked = Pick<
  ConsentInput,
  "categories" | "purposes" | "actions" | "from" | "until" | "timeZone" | "record" | "programme"
>;

/** What a provider asks a patient for. */
export interface RequestInput extends Asked {
  /** Who is to have access: a provider's address; whoever signs if left out. */
  grantee?: string | undefined;
  /** Whose data; whoever answers if left out, as for a QR code at a desk. */
  patient?: string | undefined;
  /** Why, in one line that the patient reads: at most 500 characters. Say nothing here that only the patient may know. */
  reason: string;
}

/** How a request is signed. */
export interface RequestOptions {
  /** Whoever signs, the provider or a member that may read in its name; the client's own signer if left out. */
  by?: StatementSigner | undefined;
  /** Until when it can be answered, at most 90 days ahead; 7 days if left out. */
  deadline?: TimeInput | undefined;
}

/** The fields of a request, as they are signed: numbers are decimal digits. */
export interface RequestMessage {
  grantee: string;
  /** Zero: whoever answers. */
  patient: string;
  /** Names, in the order of the bits. */
  categories: Category[];
  /** Names, in the order of the bits; sub-codes are named, too. */
  purposes: Purpose[];
  /** Names, in the order of the bits. */
  actions: Action[];
  /** Zero: none. */
  record: string;
  /** Zero: none. */
  programme: string;
  /** Unix seconds; 0: at once. */
  notBefore: string;
  /** Unix seconds; 281474976710655: until the patient withdraws it. */
  expiresAt: string;
  reason: string;
  /** 32 random bytes: which request it is. */
  id: string;
  /** Milliseconds, of the chain's time. */
  issuedAt: string;
  /** Unix seconds: the last in which it can be answered. */
  deadline: string;
}

/**
 * A signed request for access: plain JSON for a link, a QR code or a queue.
 *
 * It is answered by a grant. Not to answer is to refuse: a signed refusal would tell that the patient is there and has read
 * it, so there is none; whoever wants to withdraw what was granted before says so by `consents.revoke`.
 */
export interface AccessRequest {
  primaryType: "AccessRequest";
  domain: StatementDomain;
  message: RequestMessage;
  /** Who signed (ERC-7913), as hex. */
  signer: string;
  signature: string;
}
