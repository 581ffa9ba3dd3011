import type { BlockTag } from "ethers";
import { RpcError } from "../errors/chain.js";
import { textOf } from "../errors/toConsentryError.js";
import type { Head } from "./types.js";

/** The block at whose state a contract is read, as ethers' contracts take it: they pass it on to the transport as it is. */
export function atBlock(block: Head): { blockTag: BlockTag } {
  return { blockTag: block as unknown as BlockTag };
}

/** The block that {@link atBlock} named; undefined if there is none. */
export function blockIn(tag: unknown): Head | undefined {
  return typeof tag === "object" && tag !== null ? (tag as Head) : undefined;
}

/** A block by its hash, after EIP-1898: a node that does not have it, or not on its chain, refuses. */
export function byHash({ hash }: Head): object {
  return { blockHash: hash, requireCanonical: true };
}

/** A block by its number. */
export function byNumber(number: number): string {
  return `0x${number.toString(16)}`;
}

/** In Geth, Erigon, Nethermind, Besu, anvil and Hardhat. */
const UNKNOWN =
  /(block|header|resource)( for hash)?( 0x\w+| \d+)? (was |could )?not (be )?found|unknown block|invalid block tag|BlockOutOfRange|not (currently )?canonical|beyond (current )?head|^-32001$/im;
const MISUNDERSTOOD = /^-3260[02]$|invalid (argument|param|type)|unmarshal|cannot (parse|deserialize)/im;

/** Whether a node refused because it does not have the block, or not yet. */
export function isUnknownBlock(error: unknown): boolean {
  return error instanceof RpcError && UNKNOWN.test(textOf(error));
}

/** Whether a node refused because it does not understand how the block was named. */
export function isMisunderstood(error: unknown): boolean {
  return error instanceof RpcError && MISUNDERSTOOD.test(textOf(error));
}
