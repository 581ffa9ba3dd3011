import type { ContractTransaction } from "ethers";
import type { Context } from "../context.js";
import type { Messages, SignedBy, SignedStatementOf, StatementType } from "../signing/types.js";

/** How statements of one type are delivered. */
export interface Delivery<Type extends StatementType> {
  /** The call that delivers it. */
  call: (context: Context, statement: SignedStatementOf<Type>) => Promise<ContractTransaction>;
  /** Whether delivering would change nothing: it was delivered before, or something newer took its place. */
  isDone: (context: Context, message: Messages[Type]) => Promise<boolean>;
}

/** How statements of some types are delivered; the others only go along with something else. */
export type Deliveries = { readonly [Type in StatementType]?: Delivery<Type> };

/** What the contract calls `Signed`. */
export function signedOf({ message, signer, signature }: SignedBy & { message: { issuedAt: string } }): {
  issuedAt: string;
  signer: string;
  signature: string;
} {
  return { issuedAt: message.issuedAt, signer, signature };
}
