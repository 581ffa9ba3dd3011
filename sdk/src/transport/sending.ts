import { keccak256, type Provider, type Signer, Transaction, type TransactionLike } from "ethers";
import { UnknownOutcomeError } from "../errors/sending.js";
import { toConsentryError } from "../errors/toConsentryError.js";
import { hashIn } from "./answers.js";
import { broadcast } from "./broadcast.js";
import { inTurn, isFallback } from "./fallback.js";
import { isDoubtful } from "./fate.js";
import { persist } from "./persistent.js";
import { ownerOf } from "./requestOf.js";
import type { Transport } from "./transport.js";
import type { SendableTransaction } from "./types.js";
import { within } from "./within.js";

/** How long sending may take, in milliseconds. */
export interface SendingLimits {
  /** The node, for one answer. */
  answerTimeout: number;
  /** A signer or a wallet, which may ask a person. */
  signingTimeout: number;
}

type Numbered = SendableTransaction & { nonce: number };

/** Sends with an ethers signer; wherever it can sign without sending, the hash is known before anything is sent. */
export async function sendBySigner(
  signer: Signer,
  transaction: Numbered,
  transport: Transport,
  limits: SendingLimits,
): Promise<string> {
  if (!leavesSending(signer)) return sendOnce(limits, async () => (await signer.sendTransaction(transaction)).hash);
  const populated = await persist(limits.answerTimeout, () => populate(signer, transaction));
  delete populated.from;
  const unsigned = Transaction.from(populated);
  const signed = await within(limits.signingTimeout, () => signer.signTransaction(unsigned));
  await broadcast(transport, signed, limits.answerTimeout);
  return keccak256(signed);
}

/** With the fees that the node tells. */
async function populate(signer: Signer, transaction: Numbered): Promise<TransactionLike> {
  const { provider } = signer;
  if (!isFallback(provider)) return signer.populateTransaction(transaction);
  return inTurn(provider, (node) => signer.connect(node as Provider).populateTransaction(transaction));
}

/**
 * Has somebody send who answers with a hash, and asks once only.
 *
 * @throws UnknownOutcomeError if there is no answer, or none that is a hash
 */
export async function sendOnce({ signingTimeout }: SendingLimits, send: () => Promise<unknown>): Promise<string> {
  try {
    return hashIn(await within(signingTimeout, send));
  } catch (cause) {
    const error = toConsentryError(cause);
    throw isDoubtful(error) ? new UnknownOutcomeError(undefined, error) : error;
  }
}

/** Whether a signer signs by itself, and sends as ethers does: others number, pay or send in a way of their own. */
function leavesSending(signer: Signer): boolean {
  const sending = ownerOf(signer, "sendTransaction");
  return sending === ownerOf(signer, "populateTransaction") && sending !== ownerOf(signer, "signTransaction");
}
