import type { Context } from "../context.js";
import { InvalidSignatureError, NotControllerOfError } from "../errors/contract/control.js";
import { isSigned } from "../signatures/isSigned.js";
import { accountOf } from "../signing/account.js";
import { digestOf } from "../signing/typedData.js";
import { blockOf } from "../reads/blockOf.js";
import { typedDataOf } from "./challenge.js";
import type { LinkChallenge } from "./types.js";

/** @throws NotControllerOfError: a representative may grant and revoke, but not say who the patient is */
export async function requireController(context: Context, patient: string, account: string): Promise<void> {
  const at = { blockTag: (await blockOf(context)).number };
  if ((await context.consents.controllerOf(patient, at)) === account) return;
  throw new NotControllerOfError({ patient, account });
}

/** @throws InvalidSignatureError, UnknownVerifierError, NetworkError, TimeoutError */
export async function requireSigned(
  context: Context,
  challenge: LinkChallenge,
  { signer, signature }: { signer: string; signature: string },
): Promise<void> {
  const hash = digestOf(typedDataOf(challenge));
  if (await isSigned(context, { signer, hash, signature })) return;
  throw new InvalidSignatureError({ account: accountOf(signer) });
}
