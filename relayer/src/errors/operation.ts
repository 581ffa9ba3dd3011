import { ConsentryError } from "@consentry/sdk";
import { formatEther } from "ethers";

/** A setting of the relayer is missing, or is not what it should be. */
export class SettingError extends ConsentryError {
  override readonly name = "SettingError";
  /** The variable. */
  readonly setting: string;

  constructor(setting: string, expected: string) {
    super(`${setting} must be ${expected}.`, {
      code: "Setting",
      hint: "Set it in the environment or in .env: relayer/README.md has them all.",
    });
    this.setting = setting;
  }
}

/** There is no key that pays, or it can't be used. */
export class RelayerKeyError extends ConsentryError {
  override readonly name = "RelayerKeyError";

  constructor(shortMessage: string) {
    super(shortMessage, {
      code: "RelayerKey",
      hint: "Set RELAYER_KEYSTORE to an encrypted JSON keystore, or RELAYER_PRIVATE_KEY: a fresh key that nobody uses.",
    });
  }
}

/** The relayer can't listen where it should. */
export class ListenError extends ConsentryError {
  override readonly name = "ListenError";

  constructor(host: string, port: number, cause: unknown) {
    super(`The relayer can't listen at port ${port} of ${host}.`, {
      code: "Listen",
      details: cause instanceof Error ? cause.message : undefined,
      hint: "See what else listens there, or set RELAYER_PORT and RELAYER_HOST.",
      cause,
    });
  }
}

/** The file of the queue can't be used. */
export class QueueFileError extends ConsentryError {
  override readonly name = "QueueFileError";

  constructor(details: string, cause?: unknown) {
    super("The file of the queue can't be used.", {
      code: "QueueFile",
      details,
      hint: "One relayer, one key, one file for each deployment: check RELAYER_DATABASE, and what else is running.",
      cause,
    });
  }
}

/** A statement waits longer than it should. */
export class QueueStuckError extends ConsentryError {
  override readonly name = "QueueStuckError";

  constructor() {
    super("A statement waits longer than it should.", {
      code: "QueueStuck",
      hint: "Look at the log for why deliveries fail, and whether a transaction of the relayer's key is never mined.",
    });
  }
}

/** A statement was signed with the relayer's own key, which speaks for nobody. */
export class OwnKeyError extends ConsentryError {
  override readonly name = "OwnKeyError";

  constructor() {
    super("The relayer's own key speaks for nobody.", {
      code: "OwnKey",
      hint: "Sign with the patient's own key. Let the relayer have a fresh one.",
    });
  }
}

/** The account that pays holds less than the reserve for withdrawals needs. */
export class LowFundsError extends ConsentryError {
  override readonly name = "LowFundsError";
  /** In wei. */
  readonly balance: bigint;
  /** In wei. */
  readonly needed: bigint;

  constructor(balance: bigint, needed: bigint) {
    super("The relayer's account holds less than the reserve for withdrawals needs.", {
      code: "LowFunds",
      details: `It holds ${formatEther(balance)}, and needs ${formatEther(needed)}.`,
      hint: "Fund the relayer's account: relayer/README.md tells how much it needs.",
    });
    this.balance = balance;
    this.needed = needed;
  }
}

/** A transaction of the relayer's account is pending that the relayer does not know. */
export class UnknownTransactionError extends ConsentryError {
  override readonly name = "UnknownTransactionError";

  constructor() {
    super("A transaction of the relayer's account is pending that is none of this relayer's.", {
      code: "UnknownTransaction",
      hint: "It is waited for. One key, one relayer: see what else sends with the key. If it is stuck: relayer/README.md.",
    });
  }
}
