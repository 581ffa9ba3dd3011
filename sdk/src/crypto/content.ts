import { ContentTooLongError } from "../errors/crypto.js";
import { InvalidParameterError } from "../errors/input.js";
import type { Bytes } from "../values/bytes.js";
import { joined, type Octets, toOctets } from "./octets.js";

/** A content at once (a text is taken as UTF-8), or in pieces that are not written to again. */
export type Content = Bytes | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

const EXPECTED = "a text, a Uint8Array, or a stream of Uint8Array";
/** What is gathered in memory unless more is allowed: 256 MiB. */
const MOST_IN_MEMORY = 2 ** 28;

/**
 * Gathers a stream in memory.
 *
 * @param content such as `decryptRecord` returns
 * @param options `maxLength` in bytes; 256 MiB if left out
 * @returns the bytes, only if the stream ends without an error
 * @throws ContentTooLongError, InvalidParameterError, and whatever the stream fails with
 * @example
 * import { bytesOf } from "@consentry/sdk/crypto";
 *
 * const { content } = await decryptRecord({ sealed, key });
 * console.log(new TextDecoder().decode(await bytesOf(content))); // '{"resourceType":"Observation"}'
 */
export async function bytesOf(content: Content, options: { maxLength?: number | undefined } = {}): Promise<Uint8Array> {
  const parts: Octets[] = [];
  for await (const part of atMost(piecesOf(content), options.maxLength ?? MOST_IN_MEMORY)) parts.push(part);
  return joined(parts);
}

/** The pieces of a content that are not empty. Whoever stops taking them ends the source, too. */
export async function* piecesOf(content: Content, parameter = "content"): AsyncGenerator<Octets, void> {
  for await (const piece of sourceOf(content, parameter)) {
    const given: unknown = piece;
    if (!(given instanceof Uint8Array)) throw new InvalidParameterError(parameter, EXPECTED);
    if (given.length > 0) yield toOctets(given);
  }
}

/** What is read from a generator as it is asked for; cancelled or failed, it ends what it is made from. */
export function streamOf(
  pieces: AsyncGenerator<Octets, void>,
  source: AsyncGenerator<Octets, void> = pieces,
): ReadableStream<Octets> {
  const reading: UnderlyingDefaultSource<Octets> = {
    async pull(controller) {
      const { done, value } = await pieces.next().catch(async (error: unknown) => {
        await source.return();
        throw error;
      });
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await pieces.return();
      await source.return();
    },
  };
  return new ReadableStream(reading, { highWaterMark: 0 });
}

/** The same pieces; an error in place of the one that goes beyond so many bytes. */
export async function* atMost(pieces: AsyncGenerator<Octets, void>, maxLength: number): AsyncGenerator<Octets, void> {
  if (!(maxLength >= 0)) throw new InvalidParameterError("maxLength", "a number of bytes");
  let length = 0;
  for await (const piece of pieces) {
    length += piece.length;
    if (length > maxLength) throw new ContentTooLongError(maxLength);
    yield piece;
  }
}

/** Takes the first bytes off; fewer if there are no more. What follows is read on from the rest. */
export async function splitAt(
  pieces: AsyncGenerator<Octets, void>,
  length: number,
): Promise<{ head: Octets; rest: AsyncGenerator<Octets, void> }> {
  const parts: Octets[] = [];
  for (let taken = 0; taken < length;) {
    const { done, value } = await pieces.next();
    if (done === true) break;
    parts.push(value);
    taken += value.length;
  }
  const whole = joined(parts);
  return { head: whole.subarray(0, length), rest: followed(whole.subarray(length), pieces) };
}

/** One piece, and then the others. To end it ends the others, also where it was not begun. */
export function followed(first: Octets, pieces: AsyncGenerator<Octets, void>): AsyncGenerator<Octets, void> {
  const whole = oneAndThen(first, pieces);
  const end = whole.return.bind(whole);
  return Object.assign(whole, {
    async return(): Promise<IteratorResult<Octets, void>> {
      await pieces.return();
      return end();
    },
  });
}

async function* oneAndThen(first: Octets, pieces: AsyncGenerator<Octets, void>): AsyncGenerator<Octets, void> {
  if (first.length > 0) yield first;
  yield* pieces;
}

function sourceOf(content: Content, parameter: string): AsyncIterable<Uint8Array> | readonly Uint8Array[] {
  if (content instanceof Uint8Array) return [content];
  if (typeof content === "string") return [new TextEncoder().encode(content)];
  if (content instanceof ReadableStream) return readAll(content);
  const given: unknown = content;
  if (typeof given === "object" && given !== null && Symbol.asyncIterator in given) return content;
  throw new InvalidParameterError(parameter, EXPECTED);
}

/** Not every browser's streams are async iterables. */
async function* readAll(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel();
  }
}
