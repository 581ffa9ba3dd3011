/** A validator: a process of its own, which can be killed and started again. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { OperatorError } from "../deployment/errors.js";
import type { Command, Seat } from "./kaia.js";

const PAUSE = 100;
/** One that comes back is dropped by the others until it has caught up, and tries it every 10 seconds. */
const PATIENCE = 180_000;

const running = new Set<ChildProcess>();
// Nothing outlives the process that started it.
process.once("exit", () => running.forEach((child) => child.kill("SIGKILL")));

export class Validator {
  readonly url: string;
  readonly seat: Seat;
  readonly #command: Command;
  readonly #log: string;
  #child: ChildProcess | undefined;

  constructor(command: Command, seat: Seat) {
    this.url = `http://127.0.0.1:${seat.rpcPort}`;
    this.seat = seat;
    this.#command = command;
    this.#log = join(seat.folder, "log");
  }

  /**
   * Starts it, and waits until it answers.
   *
   * @throws OperatorError if it runs already: two processes with one key could agree to two blocks of one height
   */
  async start(): Promise<void> {
    if (this.#isRunning) throw new OperatorError("A validator runs with this key already: stop it first.");
    const log = openSync(this.#log, "a");
    const { program, args } = this.#command;
    const child = spawn(program, args, { stdio: ["ignore", log, log] });
    closeSync(log);
    this.#child = child;
    running.add(child);
    child.once("close", () => running.delete(child));
    await this.until((height) => height >= 0);
  }

  /** Kills it as a power failure does, and waits until it has ended. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  /** Lets it end in order, so that its folder can be copied. */
  async stop(): Promise<void> {
    await this.#end("SIGTERM");
  }

  /** The number of its newest block; undefined if it does not answer. */
  async height(): Promise<number | undefined> {
    return this.ask<string>("eth_blockNumber").then(Number, () => undefined);
  }

  /** Waits until its height is as wanted. */
  async until(isWanted: (height: number) => boolean): Promise<number> {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const height = await this.height();
      if (height !== undefined && isWanted(height)) return height;
      if (!this.#isRunning || Date.now() > end)
        throw new Error(`A validator is not where it should be:\n${this.#lastWords()}`);
      await sleep(PAUSE);
    }
  }

  /** Asks it directly. */
  async ask<Answer>(method: string, ...params: unknown[]): Promise<Answer> {
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
    const headers = { "content-type": "application/json" };
    const response = await fetch(this.url, { method: "POST", headers, body });
    const { result, error } = (await response.json()) as { result?: Answer; error?: { message: string } };
    if (error !== undefined) throw new Error(error.message);
    return result as Answer;
  }

  get #isRunning(): boolean {
    return this.#child !== undefined && running.has(this.#child);
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || !running.has(child)) return;
    child.kill(signal);
    await once(child, "close");
  }

  #lastWords(): string {
    return readFileSync(this.#log, "utf8").split("\n").slice(-20).join("\n");
  }
}
