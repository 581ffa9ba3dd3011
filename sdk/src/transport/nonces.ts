import { TimeoutError } from "../errors/chain.js";
import { UnknownOutcomeError } from "../errors/sending.js";
import { transactionOf } from "./transactions.js";
import { behind, type Transport } from "./transport.js";

/** So many transactions of an account are remembered. */
const KEPT = 1_000;
const FIRST_WAIT = 50;
const LONGEST_WAIT = 1_000;

/** The nonces that this client gave to transactions of one account: a node that lags doesn't know of them. */
export class Nonces {
  /** The hashes of the transactions, by nonce, in order. */
  readonly #sent = new Map<number, string>();
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Gives the next nonce of the account to a transaction, and keeps it as long as it may be taken. */
  async give(address: string, send: (nonce: number) => Promise<string>): Promise<string> {
    const nonce = await this.#next(address);
    try {
      const hash = await send(nonce);
      this.#note(nonce, hash);
      return hash;
    } catch (error) {
      if (error instanceof UnknownOutcomeError && error.hash !== undefined) this.#note(nonce, error.hash);
      throw error;
    }
  }

  clear(): void {
    this.#sent.clear();
  }

  /**
   * The next nonce of an account. A node that knows less than was sent is waited for; if it never comes to know it, the
   * transaction was lost, and its nonce is free, unless it was seen mined: then it is the node that lags.
   *
   * @throws TimeoutError if the node lags behind what was seen mined
   */
  async #next(address: string): Promise<number> {
    const end = Date.now() + this.#transport.patience;
    for (let wait = FIRST_WAIT; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
      const { nonce, isCertain } = await this.#guess(address);
      if (isCertain) return nonce;
      if (Date.now() >= end) return this.#free(nonce);
      await new Promise((resolve) => setTimeout(resolve, Math.min(wait, end - Date.now())));
    }
  }

  async #guess(address: string): Promise<{ nonce: number; isCertain: boolean }> {
    const count = await this.#transport.nonce(address);
    const last = Math.max(...this.#sent.keys());
    if (count > last) return { nonce: count, isCertain: true };
    for (const nonce of [count, last]) if (!(await this.#isKnown(nonce))) return { nonce, isCertain: false };
    return { nonce: last + 1, isCertain: true };
  }

  /**
   * Sees to it that no write of this client was mined with the nonce or a later one, where no reorganisation has undone it:
   * what is said again would be the same bytes, and would be taken for what was said before.
   */
  async #free(nonce: number): Promise<number> {
    for (const [taken, hash] of this.#sent) {
      const write = taken < nonce ? undefined : this.#transport.confirmed.get(hash);
      if (write === undefined) continue;
      const block = await this.#transport.block(write.blockNumber);
      if (block !== undefined && block.hash !== write.blockHash) continue;
      throw new TimeoutError(undefined, new TypeError(behind(write.blockNumber)));
    }
    return nonce;
  }

  #note(nonce: number, hash: string): void {
    this.#sent.delete(nonce);
    this.#sent.set(nonce, hash);
    const [oldest] = this.#sent.keys();
    if (this.#sent.size > KEPT && oldest !== undefined) this.#sent.delete(oldest);
  }

  async #isKnown(nonce: number): Promise<boolean> {
    const hash = this.#sent.get(nonce);
    return hash !== undefined && (await transactionOf(this.#transport, hash)) !== undefined;
  }
}
