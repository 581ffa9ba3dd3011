import { MalformedLineError } from "../../errors/fhir.js";
import { InvalidParameterError } from "../../errors/input.js";

const NEWLINE = 10;

/** A line and its number, from 1. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

/**
 * The lines of a stream of bytes in UTF-8, each as soon as it is complete; no more than one is held.
 *
 * @throws MalformedLineError for a line that is too long or not UTF-8
 */
export async function* linesOf(source: Source, maxBytes: number): AsyncGenerator<Line, void, undefined> {
  const line = new OpenLine(maxBytes);
  for await (const chunk of source) {
    const bytes = toBytes(chunk);
    let from = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, from)) {
      line.add(bytes.subarray(from, end));
      yield line.take();
      from = end + 1;
    }
    line.add(bytes.subarray(from));
  }
  yield line.take();
}

/** Bytes in pieces, as of a file or of the body that `fetch` gives. */
export type Source = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

function toBytes(chunk: unknown): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk;
  throw new InvalidParameterError("source", "a stream of bytes", "Leave the encoding of the stream out.");
}

/** The line that is being read. */
class OpenLine {
  readonly #maxBytes: number;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true });
  #number = 1;
  #text = "";
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  add(bytes: Uint8Array): void {
    this.#bytes += bytes.length;
    if (this.#bytes > this.#maxBytes) throw new MalformedLineError(this.#number, `of at most ${this.#maxBytes} bytes`);
    this.#text += this.#decode(bytes, { stream: true });
  }

  take(): Line {
    const line = { number: this.#number, text: this.#text + this.#decode() };
    this.#number++;
    this.#text = "";
    this.#bytes = 0;
    return line;
  }

  #decode(...input: Parameters<TextDecoder["decode"]>): string {
    try {
      return this.#decoder.decode(...input);
    } catch (cause) {
      throw new MalformedLineError(this.#number, "UTF-8", cause);
    }
  }
}
