import { accountOf, type SignedStatement } from "@consentry/sdk";
import { OwnKeyError } from "../errors/operation.js";

/** Sees to it that the relayer's own key speaks for no patient; throws {@link OwnKeyError}, InvalidParameterError. */
export function requireOthers(statement: SignedStatement, own: string): void {
  const signers = [statement.signer, ...("acceptance" in statement ? [statement.acceptance.signer] : [])];
  if (signers.map(accountOf).includes(own)) throw new OwnKeyError();
}
