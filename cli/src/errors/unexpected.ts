import { ConsentryError } from "@consentry/sdk";

/** Something failed that should not have. */
export class UnexpectedError extends ConsentryError {
  override readonly name = "UnexpectedError";

  constructor(cause: unknown) {
    super("The command failed unexpectedly.", {
      code: "Unexpected",
      details: cause instanceof Error ? cause.message.split("\n", 1)[0] : undefined,
      hint: "Run it again with --verbose, and report what it prints.",
      cause,
    });
  }
}
