import { SealedFormatError } from "../errors/crypto.js";
import { piecesOf } from "./content.js";
import type { Octets } from "./octets.js";

/** Compresses as it is read. */
export function compressed(pieces: AsyncGenerator<Octets, void>): AsyncGenerator<Octets, void> {
  return through(pieces, new CompressionStream("gzip"));
}

/** Decompresses as it is read; never much more than was asked for. */
export async function* decompressed(pieces: AsyncGenerator<Octets, void>): AsyncGenerator<Octets, void> {
  const watched = watch(pieces);
  try {
    yield* through(watched.pieces, new DecompressionStream("gzip"));
  } catch (error) {
    const failure = watched.failure();
    if (failure instanceof Error) throw failure;
    throw new SealedFormatError("What was encrypted can't be decompressed.", error);
  }
}

async function* through(
  pieces: AsyncGenerator<Octets, void>,
  { readable, writable }: CompressionStream | DecompressionStream,
): AsyncGenerator<Octets, void> {
  const written = write(pieces, writable);
  written.catch(() => undefined);
  yield* piecesOf(readable);
  await written;
}

async function write(pieces: AsyncGenerator<Octets, void>, writable: WritableStream<Octets>): Promise<void> {
  const writer = writable.getWriter();
  try {
    for await (const piece of pieces) await writer.write(piece);
    await writer.close();
  } catch (error) {
    await writer.abort(error);
    throw error;
  }
}

/** A failure of the source, which the platform's streams may tell otherwise. */
function watch(pieces: AsyncGenerator<Octets, void>): {
  pieces: AsyncGenerator<Octets, void>;
  failure: () => unknown;
} {
  let failure: unknown;
  async function* watched(): AsyncGenerator<Octets, void> {
    try {
      yield* pieces;
    } catch (error) {
      failure = error;
      throw error;
    }
  }
  return { pieces: watched(), failure: () => failure };
}
