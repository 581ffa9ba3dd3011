import { ConsentryError } from "./base.js";

/** What was given to `connect` is neither a signer, a provider, a URL nor a wallet. */
export class InvalidRunnerError extends ConsentryError {
  override readonly name = "InvalidRunnerError";

  constructor(details: string, cause?: unknown) {
    super("The runner can't be used.", {
      code: "InvalidRunner",
      details,
      hint: "Pass an ethers signer with a provider, an ethers provider, an http(s) URL or an EIP-1193 wallet.",
      cause,
    });
  }
}

/** A write, or a default that needs an address, without anybody to sign. */
export class NoSignerError extends ConsentryError {
  override readonly name = "NoSignerError";

  constructor(cause?: unknown) {
    super("There is nobody to sign.", {
      code: "NoSigner",
      hint: "Call connect() with a signer or a wallet, or name the patient in the parameters.",
      cause,
    });
  }
}

/** The node is on another chain than the deployment. */
export class WrongChainError extends ConsentryError {
  override readonly name = "WrongChainError";
  readonly expected: number;
  readonly actual: number;

  constructor(expected: number, actual: number) {
    super(`The node is on chain ${actual}, the deployment on chain ${expected}.`, {
      code: "WrongChain",
      hint: `Switch the wallet or the node to chain ${expected}, or pass the deployment of chain ${actual}.`,
    });
    this.expected = expected;
    this.actual = actual;
  }
}

/** No deployment is known for the chain, or there is no contract where it should be. */
export class NoDeploymentError extends ConsentryError {
  override readonly name = "NoDeploymentError";
  readonly chainId: number;
  /** Which contract is missing; undefined if no deployment is known at all. */
  readonly contract: string | undefined;
  readonly address: string | undefined;

  constructor(chainId: number, contract?: string, address?: string) {
    super(
      contract === undefined || address === undefined
        ? `No deployment is known for chain ${chainId}.`
        : `There is no ${contract} at ${address} on chain ${chainId}.`,
      {
        code: "NoDeployment",
        hint:
          contract === undefined
            ? "Pass `deployment`: the content of deployments/<network>/deployment.json."
            : "Pass the deployment.json of this chain; a local chain forgets its contracts when it restarts.",
      },
    );
    this.chainId = chainId;
    this.contract = contract;
    this.address = address;
  }
}

/** A deployment whose shape is wrong. */
export class InvalidDeploymentError extends ConsentryError {
  override readonly name = "InvalidDeploymentError";
  /** As in `deployment.contracts.AuditLog.address`. */
  readonly path: string;

  constructor(path: string, expected: string) {
    super(`${path} must be ${expected}.`, {
      code: "InvalidDeployment",
      hint: "Pass the content of deployments/<network>/deployment.json as it is.",
    });
    this.path = path;
  }
}

/** A contract of the deployment does not point at the next one: they are not of one suite. */
export class DeploymentMismatchError extends ConsentryError {
  override readonly name = "DeploymentMismatchError";
  /** The pointer, as in `AuditLog.records`. */
  readonly pointer: string;
  readonly expected: string;
  /** Where it points; undefined if it could not be read. */
  readonly actual: string | undefined;

  constructor(pointer: string, expected: string, actual: string | undefined, cause?: unknown) {
    super(`${pointer} is ${actual ?? "unreadable"}, not ${expected}.`, {
      code: "DeploymentMismatch",
      hint: "The addresses are not of one suite: pass the deployment.json that the deployment wrote.",
      cause,
    });
    this.pointer = pointer;
    this.expected = expected;
    this.actual = actual;
  }
}
