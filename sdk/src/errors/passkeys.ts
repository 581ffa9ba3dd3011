import { ConsentryError } from "./base.js";

/** A passkey could not be made or used. */
export class PasskeyError extends ConsentryError {
  override readonly name = "PasskeyError";

  constructor(message: string, hint: string, cause?: unknown) {
    super(message, { code: "Passkey", hint, cause });
  }
}
