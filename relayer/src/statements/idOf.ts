import { accountOf, type SignedStatement } from "@consentry/sdk";
import { concat, keccak256 } from "ethers";
import { digestOf } from "./digestOf.js";

/** Names what somebody said: who else signs the same words may have no right to, and what becomes of that is another matter. */
export function idOf(statement: SignedStatement): string {
  return keccak256(concat([digestOf(statement), accountOf(statement.signer)]));
}
