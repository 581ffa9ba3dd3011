import { Interface, recoverAddress, Signature } from "ethers";
import type { Context } from "../context.js";
import { UnknownRevertError } from "../errors/chain.js";
import { ContractError } from "../errors/contract/base.js";
import { verifierOf } from "../signing/account.js";
import { knownAccount } from "../signing/requireDeployment.js";

/** What is signed, by whom. */
export interface SignedHash {
  /** ERC-7913, as hex: an account of 20 bytes, or a verifier and a key, such as a passkey. */
  signer: string;
  /** 32 bytes as hex. */
  hash: string;
  signature: string;
}

const CHECKS = /* @__PURE__ */ new Interface([
  "function isValidSignature(bytes32 hash, bytes signature) view returns (bytes4)",
  "function verify(bytes key, bytes32 hash, bytes signature) view returns (bytes4)",
]);
const ACCOUNT_DIGITS = 42;
const SIGNATURE = /^0x[0-9a-f]{128}(1b|1c)$/i;

/**
 * Whether a signature over a hash is a signer's, as contracts/libraries/Signers.sol tells it: a plain key first, so that an
 * EIP-7702 account keeps its own, then ERC-1271 by asking the account, and for a passkey the deployment's own verifiers.
 *
 * @throws InvalidParameterError if the signer is shorter than 20 bytes
 * @throws UnknownVerifierError if another contract would have to be trusted
 * @throws NetworkError, TimeoutError, RpcError if the node does not answer: take it as not signed
 */
export async function isSigned(context: Context, { signer, hash, signature }: SignedHash): Promise<boolean> {
  const account = knownAccount(context, signer);
  const verifier = verifierOf(signer);
  if (verifier !== undefined) {
    return says(context, verifier, "verify", [`0x${signer.slice(ACCOUNT_DIGITS)}`, hash, signature]);
  }
  if (isOfKey(account, hash, signature)) return true;
  return says(context, account, "isValidSignature", [hash, signature]);
}

/** As OpenZeppelin's ECDSA: 65 bytes, and `s` in its lower half. */
function isOfKey(account: string, hash: string, signature: string): boolean {
  if (!SIGNATURE.test(signature)) return false;
  try {
    return recoverAddress(hash, Signature.from(signature)) === account;
  } catch {
    return false;
  }
}

/** Whether a contract answers a check with its selector, padded to a word; one that reverts or is not there says no. */
async function says(
  { transport }: Context,
  to: string,
  check: "isValidSignature" | "verify",
  args: readonly string[],
): Promise<boolean> {
  const data = CHECKS.encodeFunctionData(check, args);
  try {
    const answer = await transport.call({ to, data }, "latest");
    return answer === `${data.slice(0, 10)}${"0".repeat(56)}`;
  } catch (error) {
    if (error instanceof UnknownRevertError || error instanceof ContractError) return false;
    throw error;
  }
}
