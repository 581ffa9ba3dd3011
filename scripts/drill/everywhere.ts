/** Whether all validators hold the same. */
import type { PoaChain } from "../poa/chain.js";
import type { Validator } from "../poa/validator.js";
import { type Check, compare, type Found, together } from "./check.js";
import { type Question, questionsAbout } from "./contracts.js";
import { walk, type Walked } from "./walk.js";

/** Compares every block, every receipt, and what the contracts say at three heights. */
export async function sameEverywhere({ validators, deployment }: PoaChain): Promise<Check[]> {
  const heights = await Promise.all(validators.map((each) => each.until((height) => height > deployment.fromBlock)));
  const height = Math.min(...heights);
  const walks: Walked[] = [];
  for (const each of validators) walks.push(await walk(each, height));
  const [first] = walks;
  const questions = first === undefined ? [] : questionsAbout(first, deployment);
  const sampled = [1, 2, 3].map(
    (third) => deployment.fromBlock + Math.floor(((height - deployment.fromBlock) * third) / 3),
  );
  const answers = await Promise.all(validators.map((each) => answersOf(each, questions, sampled)));
  return [
    alike("Every block, with its state root, is the same at each validator.", walks.map(blocksIn)),
    alike("Every receipt is the same at each validator.", walks.map(receiptsIn)),
    alike(`Every word of the contracts is the same at each validator, at heights ${sampled.join(", ")}.`, answers),
  ];
}

function alike(claim: string, [first = new Map<string, unknown>(), ...others]: readonly Found[]): Check {
  return together(
    claim,
    others.map((other, i) => compare(`validators 1 and ${i + 2}`, first, other)),
  );
}

function blocksIn({ blocks }: Walked): Found {
  return new Map(blocks.map((block) => [`block ${block.number}`, block]));
}

function receiptsIn({ receipts }: Walked): Found {
  return new Map(receipts.map((receipt) => [`receipt ${receipt.transactionHash}`, receipt]));
}

async function answersOf(node: Validator, questions: readonly Question[], heights: readonly number[]): Promise<Found> {
  const answers = new Map<string, unknown>();
  for (const height of heights) {
    for (const { name, to, data } of questions) {
      const answer = await node.ask("eth_call", { to, data }, `0x${height.toString(16)}`);
      answers.set(`${name} at ${height}`, answer);
    }
  }
  return answers;
}
