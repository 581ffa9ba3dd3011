import { ConsentryError } from "./base.js";

/** The chain of a testbed could not be started, or not be put back to a snapshot. */
export class TestbedError extends ConsentryError {
  override readonly name = "TestbedError";

  constructor(details: string, cause?: unknown) {
    super("The chain of the testbed fails.", {
      code: "Testbed",
      details,
      hint: "The chain is Hardhat's, in this process: install it beside your tests, `npm install -D hardhat@3`.",
      cause,
    });
  }
}
