import type { Statement } from "@consentry/sdk";
import { TypedDataEncoder } from "ethers";
import { typesOf } from "./types.js";

/** The EIP-712 hash of a statement: what is signed, so the same statement has the same one, however it is written. */
export function digestOf({ primaryType, domain, message }: Statement): string {
  return TypedDataEncoder.hash(domain, typesOf(primaryType), message);
}
