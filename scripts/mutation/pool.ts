/** Worker processes: mutants are handed out one by one, and a process that hangs or breaks is replaced. */
import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Mutant } from "./mutants.js";
import { makeScratch } from "./scratch.js";
import type { Order, Verdict } from "./worker.js";

const WORKER = fileURLToPath(new URL("worker.ts", import.meta.url));

/** The compiler never gives memory back. */
const MUTANTS_PER_PROCESS = 150;
const START_LIMIT_MS = 10 * 60_000;

export interface Tried extends Verdict {
  ms: number;
}

export type Orders = Omit<Order, "root">;

/** Tries the mutants with so many workers; `done` is told about each. */
export async function tryAll(
  mutants: readonly Mutant[],
  { workers, limitMs, orders }: { workers: number; limitMs: number; orders: Orders },
  done: (mutant: Mutant, tried: Tried) => void,
): Promise<void> {
  const waiting = [...mutants];
  const count = Math.min(workers, waiting.length);
  const team = Array.from({ length: count }, (_, i) => new Worker(i, limitMs, orders));
  try {
    await Promise.all(team.map((worker) => worker.work(waiting, done)));
  } finally {
    for (const worker of team) worker.stop();
  }
}

class Worker {
  readonly #order: Order;
  readonly #limitMs: number;
  #process: ChildProcess | undefined;
  #tried = 0;

  constructor(number: number, limitMs: number, orders: Orders) {
    this.#order = { root: makeScratch(number), ...orders };
    this.#limitMs = limitMs;
  }

  async work(waiting: Mutant[], done: (mutant: Mutant, tried: Tried) => void): Promise<void> {
    for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
      const first = await this.#try(mutant);
      // In a fresh process it may go better; if not, somebody has to look.
      done(mutant, first.status === "error" ? await this.#try(mutant) : first);
    }
    this.stop();
  }

  async #try(mutant: Mutant): Promise<Tried> {
    const process = await this.#started();
    const begun = Date.now();
    process.send(mutant);
    const verdict = (await this.#answer(process, this.#limitMs)) as Verdict;
    this.#tried += 1;
    if (verdict.status === "error" || verdict.by === OVERTIME || this.#tried >= MUTANTS_PER_PROCESS) this.stop();
    return { ...verdict, ms: Date.now() - begun };
  }

  async #started(): Promise<ChildProcess> {
    if (this.#process) return this.#process;
    const options = { cwd: this.#order.root, execArgv: ["--import", "tsx"] };
    this.#process = fork(WORKER, [JSON.stringify(this.#order)], options);
    const answer = await this.#answer(this.#process, START_LIMIT_MS);
    if (answer === "ready") return this.#process;
    throw new Error("A worker did not start: see above.");
  }

  stop(): void {
    this.#process?.kill("SIGKILL");
    this.#process = undefined;
    this.#tried = 0;
  }

  /** What the process says next. One that takes too long counts as found: the tests would not have passed in time either. */
  #answer(process: ChildProcess, limitMs: number): Promise<unknown> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => end({ status: "killed", by: OVERTIME }), limitMs);
      const onExit = (): void => end({ status: "error", by: "The process ended." });
      const end = (answer: unknown): void => {
        clearTimeout(timer);
        process.off("message", end).off("exit", onExit);
        resolve(answer);
      };
      process.once("message", end).once("exit", onExit);
    });
  }
}

const OVERTIME = "(the tests took too long)";
