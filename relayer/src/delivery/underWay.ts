import { ConsentryError, TransactionReplacedError } from "@consentry/sdk";
import { Transaction, type TransactionReceipt } from "ethers";
import type { Outgoing } from "../queue/outbox.js";
import { shortOf } from "../statements/shortOf.js";
import type { Delivering } from "./delivering.js";
import { isRefusal, isWaste } from "./fate.js";
import { offeredBy, raised } from "./price.js";
import { settle, succeed } from "./settle.js";

/** How often what was not mined is handed over again, and how long a node may take to know what was mined, in milliseconds. */
const AGAIN = 10_000;
/** So many blocks without it show that it is not the chain that stands still. */
const BLOCKS = 2;

/** The transactions that were signed, until they are mined. */
export class UnderWay {
  readonly #delivering: Delivering;
  /** The hashes of those that the node has. */
  readonly #handedOver = new Set<string>();
  /** The block at which it was first seen that a transaction takes long. */
  readonly #late = new Map<string, number>();
  /** Since when a nonce is used, and nobody knows by what. */
  readonly #lost = new Map<number, number>();
  #again = Date.now() + AGAIN;

  constructor(delivering: Delivering) {
    this.#delivering = delivering;
  }

  /** How many nonces are used that are not known to be mined. */
  get count(): number {
    return this.#delivering.outbox.nonces().size;
  }

  /**
   * Gives the node whatever it does not have, the lowest nonce first: nothing new is signed before that is done, so a
   * refused one leaves no gap.
   *
   * @throws NetworkError, TimeoutError if it is not known whether the node has it
   */
  async handOver(): Promise<void> {
    const { outbox, payer } = this.#delivering;
    if (Date.now() >= this.#again) await this.#startAgain();
    for (const outgoing of lastOf(outbox.all())) {
      if (this.#handedOver.has(outgoing.hash)) continue;
      const refusal = await payer.handOver(outgoing);
      if (refusal === undefined) this.#handedOver.add(outgoing.hash);
      else await this.#takeBack(outgoing, refusal);
    }
  }

  /** Looks what was mined; returns whether anything was. */
  async look(): Promise<boolean> {
    const { outbox, payer } = this.#delivering;
    const all = outbox.all();
    if (all.length === 0) return false;
    const mined = await payer.minedCount();
    const used = [...new Set(all.map(({ nonce }) => nonce))].filter((nonce) => nonce < mined);
    let ended = false;
    for (const nonce of used) {
      const group = all.filter((each) => each.nonce === nonce);
      ended = (await this.#conclude(nonce, group)) || ended;
    }
    if (!ended) await this.#hurry(lastOf(all.filter(({ nonce }) => nonce >= mined)));
    return ended;
  }

  /** A node may have lost what it had. */
  async #startAgain(): Promise<void> {
    this.#again = Date.now() + AGAIN;
    this.#handedOver.clear();
    await this.#fillGap();
  }

  /** Nothing is mined behind a nonce that nobody uses, as after a reorganisation: what does nothing takes it. */
  async #fillGap(): Promise<void> {
    const { payer, outbox, log } = this.#delivering;
    const taken = outbox.nonces();
    if (taken.size === 0) return;
    const nonce = await payer.freeNonce(taken);
    if (nonce > Math.max(...taken)) return;
    const nothing = { to: payer.address, value: 0n, gasLimit: 21_000n };
    outbox.add({ ...(await payer.sign(nothing, nonce, await payer.price())), id: undefined, at: Date.now() });
    log.warn({ nonce }, "fills a gap");
  }

  /** A dearer one that is refused leaves the one before in place. */
  async #takeBack({ hash, nonce, id }: Outgoing, refusal: ConsentryError): Promise<void> {
    const { outbox, queue, log } = this.#delivering;
    outbox.drop(hash);
    log.warn({ code: refusal.code }, "the node refused a transaction");
    const letter = id === undefined || outbox.nonces().has(nonce) ? undefined : queue.letter(id);
    if (letter !== undefined) await settle(this.#delivering, letter, refusal);
  }

  /** Of all transactions of a nonce one was mined; returns whether it is known which. */
  async #conclude(nonce: number, group: readonly Outgoing[]): Promise<boolean> {
    const { payer, outbox, gas } = this.#delivering;
    for (const { hash, id } of group) {
      const receipt = await payer.receiptOf(hash);
      if (receipt === undefined) continue;
      if (id !== undefined) await this.#tell(id, receipt);
      gas.spend(receipt.gasUsed);
      outbox.clear(nonce);
      this.#lost.delete(nonce);
      return true;
    }
    return this.#giveUp(nonce, group);
  }

  /** What became of a statement; whatever else goes wrong is thrown, and looked at again. */
  async #tell(id: string, { hash }: TransactionReceipt): Promise<void> {
    const { line, queue } = this.#delivering;
    const letter = queue.letter(id);
    try {
      const { blockNumber } = await line.use((client) => client.wait(hash));
      succeed(this.#delivering, id, { hash, blockNumber });
    } catch (error) {
      if (!isRefusal(error) && !isWaste(error)) throw error;
      if (letter !== undefined) await settle(this.#delivering, letter, error);
    }
  }

  /** Something else was mined with this nonce: the statement is verified anew, and sent again if that is of use. */
  async #giveUp(nonce: number, group: readonly Outgoing[]): Promise<boolean> {
    const { line, payer, outbox, queue } = this.#delivering;
    const since = this.#lost.get(nonce) ?? Date.now();
    this.#lost.set(nonce, since);
    const last = group.at(-1);
    if (last === undefined || Date.now() - since < AGAIN) return false;
    // Throws if the node is on another chain, where nothing is known of it.
    await line.use(({ providers }) => providers.get(payer.address));
    outbox.clear(nonce);
    this.#lost.delete(nonce);
    const letter = last.id === undefined ? undefined : queue.letter(last.id);
    if (letter !== undefined)
      await settle(this.#delivering, letter, new TransactionReplacedError(last.hash, "another"));
    return true;
  }

  /** Offers more for what takes long although blocks are mined. */
  async #hurry(waiting: readonly Outgoing[]): Promise<void> {
    const { payer, outbox, log } = this.#delivering;
    const { ceiling, raiseAfter } = payer.pricing;
    const late = waiting.filter(({ at }) => Date.now() - at >= raiseAfter * 1_000);
    if (late.length === 0) {
      this.#late.clear();
      return;
    }
    const block = await payer.blockNumber();
    const now = await payer.price();
    for (const { hash, nonce, id, raw } of late) {
      const since = this.#late.get(hash) ?? block;
      this.#late.set(hash, since);
      const sent = Transaction.from(raw);
      const price = block < since + BLOCKS ? undefined : raised(offeredBy(sent), now, ceiling);
      if (price === undefined) continue;
      const { to, data, value, gasLimit } = sent;
      outbox.add({ ...(await payer.sign({ to, data, value, gasLimit }, nonce, price)), id, at: Date.now() });
      this.#late.delete(hash);
      log.warn({ id: id === undefined ? undefined : shortOf(id) }, "is sent again for a higher price");
    }
  }
}

/** Of each nonce the last, which offers most. */
function lastOf(all: readonly Outgoing[]): Outgoing[] {
  return all.filter(({ nonce }, i) => all[i + 1]?.nonce !== nonce);
}
