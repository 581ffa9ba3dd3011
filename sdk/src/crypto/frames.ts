import { gcmOf } from "#gcm";
import { SealedRecordAlteredError, SealedRecordTruncatedError } from "../errors/crypto.js";
import type { Gcm } from "./gcm.js";
import { joined, type Octets } from "./octets.js";

/** Bytes of content in a frame; only the last one may have fewer. */
export const FRAME = 65_536;
/** Bytes by which a frame is longer once it is encrypted: the tag. */
const TAG = 16;
const NONCE = 12;
/** Frames that are under way at once: enough to keep the platform's threads busy. */
const AHEAD = 16;

interface Block {
  bytes: Octets;
  index: number;
  isLast: boolean;
}

/** Encrypts frame by frame; a key is for one call and never for a second one. */
export async function* sealFrames(pieces: AsyncIterable<Octets>, key: Octets): AsyncGenerator<Octets, void> {
  const gcm = await gcmOf(key);
  const blocks = blocksOf(pieces, FRAME);
  const sealed = mapAhead(blocks, ({ bytes, index, isLast }) => gcm.seal(nonceOf(index, isLast), bytes));
  for await (const parts of sealed) yield* parts.filter((part) => part.length > 0);
}

/** Decrypts frame by frame: each comes out once it is verified, after all before it. */
export async function* openFrames(pieces: AsyncIterable<Octets>, key: Octets): AsyncGenerator<Octets, void> {
  const gcm = await gcmOf(key);
  yield* mapAhead(blocksOf(pieces, FRAME + TAG), (block) => openFrame(block, gcm));
}

async function openFrame({ bytes, index, isLast }: Block, gcm: Gcm): Promise<Octets> {
  // Every content has a salt, so that no frame is empty.
  if (bytes.length <= TAG) throw new SealedRecordTruncatedError(index);
  const opened = await gcm.open(nonceOf(index, isLast), bytes);
  if (opened !== undefined) return opened;
  const isCutOff = isLast && (await gcm.open(nonceOf(index, false), bytes)) !== undefined;
  throw isCutOff ? new SealedRecordTruncatedError(index) : new SealedRecordAlteredError(index);
}

/** The nonce of a frame: its number in eleven bytes, the highest first, and whether it is the last. */
function nonceOf(index: number, isLast: boolean): Octets {
  const nonce = new Uint8Array(NONCE);
  const view = new DataView(nonce.buffer);
  view.setUint32(3, Math.floor(index / 2 ** 32));
  view.setUint32(7, index % 2 ** 32);
  view.setUint8(11, isLast ? 1 : 0);
  return nonce;
}

/** Cuts into blocks of one size; the last is what is left, at least one byte of it if there is any at all. */
async function* blocksOf(pieces: AsyncIterable<Octets>, size: number): AsyncGenerator<Block, void> {
  let parts: Octets[] = [];
  let length = 0;
  let index = 0;
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length;) {
      if (length === size) {
        yield { bytes: joined(parts), index: index++, isLast: false };
        [parts, length] = [[], 0];
      }
      const part = piece.subarray(at, at + size - length);
      parts.push(part);
      length += part.length;
      at += part.length;
    }
  }
  yield { bytes: joined(parts), index, isLast: true };
}

/** Maps with a few under way at once; the results come in order, and none after one that failed. */
async function* mapAhead<Item, Result>(
  items: AsyncIterable<Item>,
  map: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void> {
  const underWay: Promise<Result>[] = [];
  for await (const item of items) {
    const result = map(item);
    // Whoever stops early leaves some that nobody waits for.
    result.catch(() => undefined);
    underWay.push(result);
    if (underWay.length >= AHEAD) yield (await underWay.shift()) as Result;
  }
  for (const result of underWay) yield await result;
}
