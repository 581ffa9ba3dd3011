import { ConsentryError, ContractError, type SignedStatement, type StatementType } from "@consentry/sdk";
import { deliver, type DeliveryStatus, RelayerError, type RelayerProblem, statusOf } from "./relayer.js";
import { entriesIn } from "./stored.js";

/** A statement that was signed here, until it is on the chain. */
export interface OutboxEntry {
  /** Of this page; the relayer has its own. */
  readonly id: string;
  readonly patient: string;
  readonly type: StatementType;
  readonly statement: SignedStatement;
  readonly signedAt: number;
  /** `signed`: nobody has it yet; `queued`: the relayer has it; `refused`: it can't be delivered. */
  readonly state: "signed" | "queued" | "done" | "refused";
  /** By which the relayer knows it. */
  readonly delivery?: string | undefined;
  readonly problem?: RelayerProblem | undefined;
  /** Of several that were signed together and count in this order: none is handed over before the one before it is done. */
  readonly series?: Series | undefined;
}

/** The place of a statement among those that it was signed with. */
export interface Series {
  readonly id: string;
  /** From 0 on. */
  readonly place: number;
  readonly of: number;
}

const NAME = "consentry.outbox";
const FIRST_PAUSE = 300;
const LONGEST_PAUSE = 10_000;

/** What was signed here and is not on the chain yet. It survives reloads, and tabs share it. */
export class Outbox {
  readonly #relayerUrl: string;
  readonly #stands: (statement: SignedStatement) => Promise<boolean>;
  readonly #requireCurrent: (statement: SignedStatement) => Promise<void>;
  readonly #listeners = new Set<() => void>();
  readonly #busy = new Set<string>();
  /** How often each was tried in vain, and when it may be tried again. */
  readonly #pauses = new Map<string, { tries: number; until: number }>();
  #entries: readonly OutboxEntry[] = stored();
  /** Whether the browser keeps it: its storage may be full, or forbidden. */
  #isKept = true;

  /**
   * @param stands whether the chain itself shows that delivering a statement would change nothing
   * @param requireCurrent throws if one of a series is not to be handed over any more
   */
  constructor(
    relayerUrl: string,
    stands: (statement: SignedStatement) => Promise<boolean>,
    requireCurrent: (statement: SignedStatement) => Promise<void>,
  ) {
    this.#relayerUrl = relayerUrl;
    this.#stands = stands;
    this.#requireCurrent = requireCurrent;
    window.addEventListener("storage", ({ key }) => {
      if (key === NAME && this.#isKept) this.#tell(stored());
    });
  }

  readonly entries = (): readonly OutboxEntry[] => this.#entries;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Keeps a statement before anybody else has it, and hands it to the relayer. */
  async add(patient: string, statement: SignedStatement): Promise<OutboxEntry> {
    return this.#deliver(entryOf(patient, statement));
  }

  /** Keeps all of them, and hands them to the relayer one after the other; resolves with the first. */
  async addSeries(patient: string, statements: readonly [SignedStatement, ...SignedStatement[]]): Promise<OutboxEntry> {
    const id = crypto.randomUUID();
    const [first, ...others] = statements.map((statement, place) => {
      return { ...entryOf(patient, statement), series: { id, place, of: statements.length } };
    }) as [OutboxEntry, ...OutboxEntry[]];
    return this.#deliver(first, ...others);
  }

  async #deliver(...entries: [OutboxEntry, ...OutboxEntry[]]): Promise<OutboxEntry> {
    const [first] = entries;
    this.#keep([...this.#present(), ...entries]);
    await this.advance(first.id);
    return this.#find(first.id) ?? { ...first, state: "done" };
  }

  /** Whether another one has to be done before this one is handed over. */
  waits({ series }: OutboxEntry): boolean {
    return this.#entries.some((other) => other.state !== "done" && comesAfter(series, other.series));
  }

  /** Hands a statement over once more, now, also one that was refused. */
  async again(id: string): Promise<void> {
    const entry = this.#find(id);
    if (entry === undefined) return;
    this.#update({ ...entry, state: "signed", delivery: undefined, problem: undefined });
    await this.advance(id);
  }

  /** The stamp that comes after all that was signed here for a patient, delivered or not, in milliseconds. */
  nextStamp(patient: string): bigint {
    const signed = this.#entries.filter((entry) => entry.patient === patient);
    const stamps = signed.map(({ statement }) => BigInt(statement.message.issuedAt) + 1n);
    return stamps.reduce((a, b) => (a > b ? a : b), 0n);
  }

  /** Goes one step on with a statement: hands it over, or asks what became of it. */
  async advance(id: string): Promise<void> {
    const entry = this.#find(id);
    if (entry === undefined || entry.state === "done" || entry.state === "refused" || this.#busy.has(id)) return;
    if (this.waits(entry)) return;
    this.#busy.add(id);
    try {
      this.#update({ ...entry, ...(await this.#ask(entry)) });
      this.#pause(id, 0);
    } catch (error) {
      const { code, message, hint, again, wait } = asRelayerError(error);
      const problem = { code, message, ...(hint !== undefined && { hint }) };
      this.#update({ ...entry, state: again ? entry.state : "refused", problem });
      this.#pause(id, wait);
    } finally {
      this.#busy.delete(id);
    }
  }

  /** How far it has come. A relayer that has lost it gets it once more: to deliver twice changes nothing. */
  async #ask({
    delivery,
    statement,
    series,
  }: OutboxEntry): Promise<Pick<OutboxEntry, "state" | "delivery" | "problem">> {
    const known = delivery === undefined ? undefined : await statusOf(this.#relayerUrl, delivery);
    if (known === undefined && series !== undefined) await this.#requireCurrent(statement);
    const status: DeliveryStatus = known ?? (await deliver(this.#relayerUrl, statement));
    if (status.state === "failed") return { state: "refused", delivery: status.id, problem: status.error };
    if (status.state !== "done") return { state: "queued", delivery: status.id, problem: undefined };
    // What the relayer says is not on the chain for that: if it is not there, it is handed over again.
    const state = (await this.#stands(statement)) ? "done" : "queued";
    return { state, delivery: undefined, problem: undefined };
  }

  /** A relayer that says no is not asked without a pause: what it counts, others need too. */
  #pause(id: string, wait: number): void {
    const tries = (this.#pauses.get(id)?.tries ?? 0) + 1;
    const pause = Math.min(FIRST_PAUSE * 1.5 ** tries, LONGEST_PAUSE);
    this.#pauses.set(id, { tries, until: Date.now() + Math.max(wait, pause) });
  }

  /** Goes on with everything that is under way. */
  async advanceAll(): Promise<void> {
    const due = this.#entries.filter(({ id }) => (this.#pauses.get(id)?.until ?? 0) <= Date.now());
    await Promise.all(due.map(({ id }) => this.advance(id)));
  }

  /** Does not show a statement any more that is on the chain. */
  forget(id: string): void {
    this.#keep(this.#present().filter((entry) => entry.id !== id));
  }

  /** Gives a statement up, and those that were to come after it; one that somebody has can still be delivered. */
  giveUp(id: string): void {
    const series = this.#find(id)?.series;
    this.#keep(this.#present().filter((entry) => entry.id !== id && !comesAfter(entry.series, series)));
  }

  #find(id: string): OutboxEntry | undefined {
    return this.#entries.find((entry) => entry.id === id);
  }

  /** Another tab may have written meanwhile; what was forgotten meanwhile stays forgotten. */
  #update(entry: OutboxEntry): void {
    this.#keep(this.#present().map((each) => (each.id === entry.id ? entry : each)));
  }

  #present(): readonly OutboxEntry[] {
    return this.#isKept ? stored() : this.#entries;
  }

  /** What the browser does not keep is delivered while the page is open: it is not lost with the first error. */
  #keep(entries: readonly OutboxEntry[]): void {
    try {
      localStorage.setItem(NAME, JSON.stringify(entries));
    } catch {
      this.#isKept = false;
    }
    this.#tell(entries);
  }

  #tell(entries: readonly OutboxEntry[]): void {
    this.#entries = entries;
    for (const listener of this.#listeners) listener();
  }
}

function entryOf(patient: string, statement: SignedStatement): OutboxEntry {
  const { primaryType: type } = statement;
  return { id: crypto.randomUUID(), patient, type, statement, signedAt: Date.now(), state: "signed" };
}

function comesAfter(series: Series | undefined, other: Series | undefined): boolean {
  return series !== undefined && series.id === other?.id && series.place > other.place;
}

function asRelayerError(error: unknown): RelayerError {
  if (error instanceof RelayerError) return error;
  if (!(error instanceof ConsentryError))
    return new RelayerError({ code: "RelayerFailed", message: String(error) }, true, error);
  // The chain would not take it, now or later; or the node does not answer.
  return new RelayerError({ code: error.code, message: error.shortMessage }, !(error instanceof ContractError), error);
}

function stored(): readonly OutboxEntry[] {
  try {
    return entriesIn(JSON.parse(localStorage.getItem(NAME) ?? "[]"));
  } catch {
    return [];
  }
}
