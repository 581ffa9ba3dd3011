import type { Context } from "../context.js";
import type { StatementSigner } from "../signing/types.js";
import { passkeyAccount, passkeySigner } from "./signer.js";
import type { Authenticators, Passkey } from "./types.js";

/** `client.passkeys`: a passkey (`createPasskey`) is a patient, a representative or a guardian like any wallet. */
export interface PasskeyActions {
  /**
   * The signer of a passkey, for the `by` of every `sign`: it asks the authenticator each time.
   *
   * @throws InvalidParameterError
   * @example
   * const by = consentry.passkeys.signer(passkey);
   * const signed = await consentry.consents.grant.sign(terms, { by });
   */
  signer: (passkey: Passkey, authenticators?: Authenticators) => StatementSigner;
  /**
   * The address that a passkey is, on this deployment.
   *
   * @throws InvalidParameterError
   * @example
   * import { createPasskey } from "@consentry/sdk";
   *
   * const passkey = await createPasskey({ name: "Consent" });
   * console.log(consentry.passkeys.accountOf(passkey)); // 0x5B38Da6a701c568545dCfcB03FcB875f56beddC4
   */
  accountOf: (passkey: Passkey) => string;
}

/** The actions of `client.passkeys`, bound to a context. */
export function passkeysOf(context: Context): PasskeyActions {
  return {
    signer: (passkey, authenticators) => passkeySigner(context, passkey, authenticators),
    accountOf: (passkey) => passkeyAccount(context, passkey),
  };
}
