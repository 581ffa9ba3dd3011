import { ConsentryError } from "./base.js";

/** The chain was reorganised: a block that was read, or in which a write was confirmed, is no longer a part of it. */
export class ReorganisedError extends ConsentryError {
  override readonly name = "ReorganisedError";
  readonly blockNumber: number;
  /** The hash that the block had. */
  readonly blockHash: string;
  /** The write that is no longer on the chain, if it was one of this client. */
  readonly transaction: string | undefined;

  constructor(blockNumber: number, blockHash: string, transaction?: string) {
    super(`Block ${blockNumber} is another one now: the chain was reorganised.`, {
      code: "Reorganised",
      details:
        transaction === undefined
          ? `It was ${blockHash}.`
          : `It was ${blockHash}, and transaction ${transaction}, which it held, is not mined any more.`,
      hint: "Read again from an earlier position. Take a write that it held as not done until it is mined again.",
    });
    this.blockNumber = blockNumber;
    this.blockHash = blockHash;
    this.transaction = transaction;
  }
}
