import type { Context } from "../context.js";
import { toParty } from "../values/address.js";
import { onlyKeys } from "../values/keys.js";
import { blockOf } from "../reads/blockOf.js";

/** For whom, and who. */
export interface SpeaksForParams {
  patient: string;
  /** A wallet's account, or that of a passkey (`passkeys.accountOf`). */
  account: string;
}

/**
 * Whether an account may grant and revoke for a patient at the newest block: as the controller, or as a representative whose
 * appointment is valid.
 *
 * @throws InvalidAddressError, InvalidParameterError; NetworkError, TimeoutError: take them as a no
 * @example
 * await consentry.patients.speaksFor({ patient, account: daughter }); // true
 */
export async function speaksFor(context: Context, params: SpeaksForParams): Promise<boolean> {
  onlyKeys(params, ["patient", "account"]);
  const patient = toParty(params.patient, "patient");
  const account = toParty(params.account, "account");
  const { number } = await blockOf(context);
  return context.consents.speaksFor(patient, account, { blockTag: number });
}
