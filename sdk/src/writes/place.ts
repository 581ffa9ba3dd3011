import { TransactionReplacedError } from "../errors/sending.js";
import { type KnownTransaction, minedCount, transactionInBlock, transactionOf } from "../transport/transactions.js";
import type { Transport } from "../transport/transport.js";
import type { Receipt } from "../transport/types.js";

/** So many blocks may have been mined since it was sent. */
const MARGIN = 10;

/** The place of a transaction on the chain: of one account and one nonce, a single one is mined. */
export class Place {
  readonly #transport: Transport;
  readonly #hash: string;
  #transaction: KnownTransaction | undefined;
  #since: number | undefined;

  constructor(transport: Transport, hash: string) {
    this.#transport = transport;
    this.#hash = hash;
  }

  /**
   * Looks at what the node knows of the transaction, and `thoroughly` at what was mined instead.
   *
   * @returns the receipt of one that does the same; undefined while nothing was mined
   * @throws TransactionReplacedError if something else was
   */
  async look(thoroughly: boolean): Promise<Receipt | undefined> {
    const transport = this.#transport;
    this.#since ??= Math.max((await transport.head()).number - MARGIN, 0);
    this.#transaction ??= await transactionOf(transport, this.#hash);
    const sent = this.#transaction;
    if (!thoroughly || sent === undefined || (await minedCount(transport, sent.from)) <= sent.nonce) return undefined;
    const found = await this.#found(sent);
    if (found === undefined || found.hash === sent.hash) return undefined;
    if (!doesTheSame(found, sent)) throw new TransactionReplacedError(sent.hash, found.hash);
    return transport.receipt(found.hash);
  }

  /** What was mined; undefined if this node does not have the block yet. */
  async #found(sent: KnownTransaction): Promise<KnownTransaction | undefined> {
    const { number } = await this.#transport.head();
    for (let block = number; block >= (this.#since ?? 0); block--) {
      const found = await transactionInBlock(this.#transport, block, sent);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

function doesTheSame(one: KnownTransaction, other: KnownTransaction): boolean {
  return one.to === other.to && one.data === other.data && one.value === other.value;
}
