import { ConsentryError } from "@consentry/sdk";

/** The command line makes no sense, or lacks something. */
export class UsageError extends ConsentryError {
  override readonly name = "UsageError";

  constructor(shortMessage: string, hint = "See --help, also of each command.") {
    super(shortMessage, { code: "Usage", hint });
  }
}
