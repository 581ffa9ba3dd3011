/** What a QBFT block says beside its transactions: in the first block, who the validators are. */
import { encodeRlp } from "ethers";

const VANITY = `0x${"00".repeat(32)}`;
const NO_VOTE: string[] = [];
const ROUND_0 = "0x";
const NO_SEALS: string[] = [];

/** `extraData` of the first block, with its validators in the order given. */
export function extraDataOf(validators: readonly string[]): string {
  return encodeRlp([VANITY, [...validators], NO_VOTE, ROUND_0, NO_SEALS]);
}
