import type { Context } from "../context.js";
import { WrongAudienceError } from "../errors/links.js";
import { speakerOf } from "../signing/sign.js";
import type { StatementSigner } from "../signing/types.js";
import { toHex } from "../values/bytes.js";
import { onlyKeys } from "../values/keys.js";
import { parseChallenge, toOrigin, typedDataOf } from "./challenge.js";
import { requireController, requireSigned } from "./requireController.js";
import type { LinkAnswer, LinkChallenge } from "./types.js";

/** How a challenge is signed. */
export interface SignLinkOptions {
  /** From which origin the challenge came, as `event.origin` of a message: it is signed only if it is for that one. */
  from: string;
  /** Whoever signs, the patient's controller; the client's own signer if left out. */
  by?: StatementSigner | undefined;
}

/**
 * Answers an EHR's challenge: proves that the patient's address is controlled by whoever signs. Nothing is sent.
 *
 * @param challenge what the EHR's `challenge` returned, as it came
 * @returns plain JSON for the EHR's `confirm`
 * @throws WrongAudienceError if the challenge is another site's
 * @throws InvalidParameterError, InvalidAddressError, OtherDeploymentError if it is not a challenge for this deployment
 * @throws NotControllerOfError, InvalidSignatureError, UserRejectedError, NoSignerError
 * @example
 * addEventListener("message", async ({ data, origin, source }) => {
 *   source.postMessage(await patient.links.sign(data, { from: origin }), origin);
 * });
 */
export async function sign(context: Context, challenge: LinkChallenge, options: SignLinkOptions): Promise<LinkAnswer> {
  onlyKeys(options, ["from", "by"], "options.");
  const from = toOrigin(options.from, "options.from");
  const parsed = parseChallenge(context, challenge);
  const { patient, audience, nonce } = parsed.message;
  if (audience !== from) throw new WrongAudienceError(from, audience);
  const { by, signer, account } = await speakerOf(context, { by: options.by });
  await requireController(context, patient, account);
  const signature = toHex(await by.sign(typedDataOf(parsed)), "signature");
  await requireSigned(context, parsed, { signer, signature });
  return { nonce, signer, signature };
}
