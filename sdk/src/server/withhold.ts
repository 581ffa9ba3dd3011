import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import { AccessRefusedError } from "../errors/server.js";
import { answerAbsent, replaceHeaders } from "./absence.js";
import { bytesOf, callBack, sizeOf } from "./chunks.js";
import { headOf, type ResponseHead } from "./head.js";

/** By which a handler sends. */
const SENDING = ["writeHead", "flushHeaders", "write", "end"] as const;
/** By which something goes out before the answer; of these nothing does. */
const INTERIM = ["writeContinue", "writeEarlyHints", "writeInformation", "writeProcessing"] as const;
/** As much of a body as is held to be labelled. */
const MOST_BYTES = 32 * 2 ** 20;

type Sending = (typeof SENDING)[number];
type Method = (...args: unknown[]) => unknown;
type Methods = Record<string, Method | undefined>;

/** Who decides whether an answer may go out, when the handler begins it. */
export interface Judge {
  /** Whether the whole body is needed to decide. */
  readonly needsBody: boolean;
  /** Throws unless the answer may go out. */
  judge(body: Uint8Array): Promise<void>;
  /** Told why an answer did not go out. */
  refused(error: unknown): void;
}

/**
 * A response that is held back: the first thing that a handler sends waits for the judge. Then everything goes out in its
 * order, and the rest as it comes; or nothing does, and the answer is that there is no such resource. What is not a success
 * (2xx, 304) is never let out.
 */
export class WithheldResponse {
  readonly #response: ServerResponse;
  readonly #original = new Map<Sending, Method>();
  readonly #before: OutgoingHttpHeaders;
  readonly #judge: Judge;
  readonly #waiting: [method: Sending, args: unknown[]][] = [];
  /** Held back, let through, or dropped. */
  #state: "held" | "open" | "closed" = "held";
  #head: ResponseHead | undefined;
  #ended = false;
  #bytes = 0;

  /** @param headersBefore headers that the framework keeps beside those of the response */
  constructor(response: ServerResponse, headersBefore: OutgoingHttpHeaders, judge: Judge) {
    this.#response = response;
    this.#before = { ...response.getHeaders(), ...headersBefore };
    this.#judge = judge;
    this.#replaceMethods(response as unknown as Methods);
    this.#replaceProperties();
    response.once("close", () => (this.#state = "closed"));
  }

  /** Answers that there is no such resource, whatever the handler has done, unless it was let out already. */
  refuse(error: unknown): void {
    if (this.#state !== "held") return;
    this.#judge.refused(error);
    this.#open();
    try {
      answerAbsent(this.#response, this.#before);
    } catch {
      this.#response.destroy();
    }
    this.#state = "closed";
  }

  #replaceMethods(methods: Methods): void {
    for (const name of SENDING) {
      const original = methods[name];
      if (original !== undefined) this.#original.set(name, original);
      methods[name] = (...args) => (this.#state === "open" ? this.#send(name, args) : this.#take(name, args));
    }
    // An older name of the same.
    methods["writeHeader"] = (...args) => methods["writeHead"]?.(...args);
    for (const name of INTERIM) {
      methods[name] = (...args) => {
        callBack(args);
      };
    }
  }

  /** Who sends twice, or fails after sending, must find what it would have found. */
  #replaceProperties(): void {
    const properties = { headersSent: () => this.#head !== undefined, writableEnded: () => this.#ended };
    for (const [name, get] of Object.entries(properties)) {
      Object.defineProperty(this.#response, name, { configurable: true, get });
    }
  }

  #send(method: Sending, args: readonly unknown[]): unknown {
    return this.#original.get(method)?.apply(this.#response, [...args]);
  }

  #take(method: Sending, args: unknown[]): unknown {
    if (this.#state === "held" && !this.#ended) this.#hold(method, args);
    else callBack(args);
    // A source that waits for `drain` must not wait where the body is needed, or dropped.
    return method === "write" ? this.#judge.needsBody || this.#state === "closed" : this.#response;
  }

  #hold(method: Sending, args: unknown[]): void {
    const isHead = method === "writeHead";
    const isFirst = this.#head === undefined;
    this.#head ??= headOf(this.#response, isHead ? args : []);
    this.#waiting.push([method, isHead ? [this.#head.status] : args]);
    this.#bytes += sizeOf(args);
    this.#ended = method === "end";
    const { needsBody } = this.#judge;
    if (!isSuccess(this.#head.status))
      this.refuse(new AccessRefusedError(`The handler answered ${this.#head.status}.`));
    else if (needsBody && this.#bytes > MOST_BYTES) this.refuse(new AccessRefusedError("The answer is too long."));
    else if (needsBody ? this.#ended : isFirst) void this.#ask();
  }

  async #ask(): Promise<void> {
    try {
      await this.#judge.judge(bytesOf(this.#judge.needsBody ? this.#waiting.map(([, args]) => args) : []));
    } catch (error) {
      this.refuse(error);
      return;
    }
    this.#release();
  }

  /** Lets out what waits, and everything after it; what was done to the head since it was sent counts for nothing. */
  #release(): void {
    if (this.#state !== "held" || this.#head === undefined) return;
    this.#open();
    try {
      replaceHeaders(this.#response, this.#head.headers);
      this.#response.statusCode = this.#head.status;
      this.#response.statusMessage = this.#head.message;
      for (const [method, args] of this.#waiting.splice(0)) this.#send(method, args);
      if (!this.#ended && !this.#response.writableNeedDrain) this.#response.emit("drain");
    } catch (error) {
      this.#judge.refused(error);
      this.#response.destroy();
    }
  }

  #open(): void {
    Reflect.deleteProperty(this.#response, "headersSent");
    Reflect.deleteProperty(this.#response, "writableEnded");
    this.#state = "open";
  }
}

function isSuccess(status: number): boolean {
  return (status >= 200 && status < 300) || status === 304;
}
