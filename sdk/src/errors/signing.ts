import { ConsentryError } from "./base.js";

/** What should be a signed statement, or the proposal of a recovery, is none. */
export class InvalidStatementError extends ConsentryError {
  override readonly name = "InvalidStatementError";
  /** As in `message.grants[1].scope`. */
  readonly path: string;
  /** What it must be. */
  readonly expected: string;

  constructor(path: string, expected: string, cause?: unknown) {
    super(`${path} must be ${expected}.`, {
      code: "InvalidStatement",
      details:
        "A signed statement is what a `sign` of this package returned, a proposal what `proposeRecovery` did: plain JSON.",
      hint: "Pass it on as it is: to whatever is changed, no signature fits any more.",
      cause,
    });
    this.path = path;
    this.expected = expected;
  }
}

/** A statement was signed for another deployment. */
export class OtherDeploymentError extends ConsentryError {
  override readonly name = "OtherDeploymentError";
  /** The chain and the consent registry that it was signed for. */
  readonly chainId: number;
  readonly verifyingContract: string;

  constructor(chainId: number, verifyingContract: string) {
    super(`The statement was signed for ${verifyingContract} on chain ${chainId}.`, {
      code: "OtherDeployment",
      hint: "Deliver it to that deployment, or have it signed for this one.",
    });
    this.chainId = chainId;
    this.verifyingContract = verifyingContract;
  }
}

/** A statement is signed through a verifier that is not of this deployment. */
export class UnknownVerifierError extends ConsentryError {
  override readonly name = "UnknownVerifierError";
  /** The contract that would tell whether the signature is valid. */
  readonly verifier: string;

  constructor(verifier: string) {
    super(`${verifier} is no verifier of this deployment.`, {
      code: "UnknownVerifier",
      details:
        "Whoever wrote a verifier decides what it accepts: only those that were deployed with the suite are taken.",
      hint: "Sign with a passkey made for this deployment, or with a wallet.",
    });
    this.verifier = verifier;
  }
}

/** A statement was delivered before, or something newer was said: delivering it would change nothing. */
export class NothingToDeliverError extends ConsentryError {
  override readonly name = "NothingToDeliverError";

  constructor(primaryType: string) {
    super(`Delivering this statement (${primaryType}) would change nothing.`, {
      code: "NothingToDeliver",
      details: "It was delivered before, or everything in it was replaced by something said later.",
      hint: "Take it as delivered, and look up what stands now: `consents.list`, `patients.get`.",
    });
  }
}

/** Delivering a statement would cost more gas than the relay allows. */
export class TooMuchGasError extends ConsentryError {
  override readonly name = "TooMuchGasError";
  readonly estimate: bigint;
  readonly limit: bigint;

  constructor(estimate: bigint, limit: bigint) {
    super(`Delivering would take ${estimate} gas; at most ${limit} are allowed.`, {
      code: "TooMuchGas",
      hint: "Have fewer consents signed at once, or raise `maxGas`.",
    });
    this.estimate = estimate;
    this.limit = limit;
  }
}

/** A statement can't be delivered alone. */
export class NotDeliverableError extends ConsentryError {
  override readonly name = "NotDeliverableError";

  constructor(primaryType: string, hint: string) {
    super(`A statement of the type ${primaryType} can't be delivered alone.`, { code: "NotDeliverable", hint });
  }
}
