import type { ContractTransactionReceipt, ContractTransactionResponse } from "ethers";
import { network } from "hardhat";

/** The chain of all contract tests; every test starts from a fixture. */
export const connection = await network.create();
export const { ethers, networkHelpers } = connection;
export const { time } = networkHelpers;

/** Enough for any call of the tests, so that nothing is estimated against a state that is not mined yet. */
export const GAS = { gasLimit: 3_000_000 };

/** The time that a test with thousands of calls may take on a machine that has much else to do. Milliseconds. */
export const PATIENCE = 180_000;

type Sending = Promise<ContractTransactionResponse>;

/** Mines what `send` sends as one block, in the order of sending, and returns the receipts. Pass {@link GAS} to each call. */
export async function inOneBlock(send: () => readonly Sending[]): Promise<ContractTransactionReceipt[]> {
  const { provider } = ethers;
  await provider.send("evm_setAutomine", [false]);
  try {
    const sent = await Promise.all(send());
    await networkHelpers.mine();
    return await Promise.all(sent.map(({ hash }) => provider.getTransactionReceipt(hash) as Promise<never>));
  } finally {
    await provider.send("evm_setAutomine", [true]);
  }
}

/** The time of the block of a transaction, in seconds. */
export async function timeOf(sending: Sending | ContractTransactionReceipt): Promise<bigint> {
  const { blockNumber } = (await sending) as { blockNumber: number };
  const block = await ethers.provider.getBlock(blockNumber);
  return BigInt(block!.timestamp);
}

/** The time of the next block, fixed to a second that has not been used. */
export async function nextTime(): Promise<bigint> {
  const next = BigInt(await time.latest()) + 10n;
  await time.setNextBlockTimestamp(next);
  return next;
}

/** The present as consents are stamped with it: the last millisecond of a second. */
export function stampOf(seconds: bigint): bigint {
  return seconds * 1000n + 999n;
}
