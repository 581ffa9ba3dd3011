import { ConsentryError } from "@consentry/sdk";

/** There is no key to sign with, or it can't be used. */
export class KeyError extends ConsentryError {
  override readonly name = "KeyError";

  constructor(shortMessage: string) {
    super(shortMessage, {
      code: "Key",
      hint: "Set CONSENTRY_PRIVATE_KEY in the environment or in .env, or name an encrypted JSON keystore: --keystore <file>.",
    });
  }
}
