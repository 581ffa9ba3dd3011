import type { Context } from "../context.js";
import { OtherDeploymentError, UnknownVerifierError } from "../errors/signing.js";
import { isSameAddress } from "../values/address.js";
import { accountOf, verifierOf } from "./account.js";
import { requireOwn } from "./sign.js";
import { typedDataOf } from "./typedData.js";
import type { SignedBy, Statement, StatementDomain } from "./types.js";

/** Throws {@link OtherDeploymentError} for what was signed for another chain or contract. */
export function requireDeployment({ deployment }: Context, { chainId, verifyingContract }: StatementDomain): void {
  const { address } = deployment.contracts.ConsentRegistry;
  if (chainId === deployment.chainId && isSameAddress(verifyingContract, address)) return;
  throw new OtherDeploymentError(chainId, verifyingContract);
}

/**
 * The account of a signer that is a wallet, or signs through a verifier of this deployment.
 *
 * @throws UnknownVerifierError, InvalidParameterError
 */
export function knownAccount({ deployment }: Context, signer: string): string {
  const { ERC7913WebAuthnVerifier, ERC7913P256Verifier } = deployment.contracts;
  const account = accountOf(signer);
  const verifier = verifierOf(signer);
  const known = [ERC7913WebAuthnVerifier, ERC7913P256Verifier];
  if (verifier === undefined || known.some(({ address }) => isSameAddress(address, verifier))) return account;
  throw new UnknownVerifierError(verifier);
}

/**
 * Looks at a statement that only goes along with a call: for which deployment it is, and, as far as can be told without the
 * chain, its signature.
 *
 * @returns the account that signed
 * @throws OtherDeploymentError, UnknownVerifierError, InvalidSignatureError
 */
export async function signingAccount(context: Context, statement: Statement & SignedBy): Promise<string> {
  requireDeployment(context, statement.domain);
  const account = knownAccount(context, statement.signer);
  const isPlain = verifierOf(statement.signer) === undefined;
  if (isPlain) await requireOwn(context, account, typedDataOf(statement), statement.signature);
  return account;
}
