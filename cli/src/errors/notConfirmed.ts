import { ConsentryError } from "@consentry/sdk";

/** Whoever was asked did not say yes. */
export class NotConfirmedError extends ConsentryError {
  override readonly name = "NotConfirmedError";

  constructor() {
    super("Nothing was sent: it was not confirmed.", {
      code: "NotConfirmed",
      hint: "Run it again and confirm with y, or leave the question out with --yes.",
    });
  }
}
