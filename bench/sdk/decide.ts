import type { DecideParams } from "@consentry/sdk";
import { toRequest } from "../../sdk/dist/consents/toRequest.js";
import type { Chain } from "./chain.js";
import { grantees } from "./grantees.js";
import { interleaved } from "./interleaved.js";

/** Calls in one sample. */
const CALLS = 10;
const QUESTIONS = 1_000;

const LABS = { categories: ["LABS"], purposes: ["TREAT"], actions: ["access"], until: "2098-12-31" } as const;

/** The time of `decide`, for a permit, by that of the raw typed contract call. */
export async function decideOverhead(chain: Chain): Promise<number> {
  const patient = chain.account(0);
  const grantee = chain.account(1).address;
  const consentry = await chain.clientOf(patient);
  await consentry.consents.grant({ ...LABS, grantee });
  const reader = await chain.clientOf(chain.provider);
  const question = { patient: patient.address, grantee, categories: ["LABS"], purpose: "TREAT" } as const;
  const request = toRequest(question);
  const { ours, theirs } = await interleaved(
    () => inTurn(CALLS, () => reader.consents.decide(question)),
    () => inTurn(CALLS, () => chain.registry.decide(request)),
  );
  return ours / theirs;
}

/** The time of questions asked one at a time by that of all in one `decideMany`; half of them are refused. */
export async function decideManySpeedup(chain: Chain): Promise<number> {
  const patient = chain.account(0);
  const consentry = await chain.clientOf(patient);
  const asking = grantees(QUESTIONS);
  const granted = asking.filter((_, i) => i % 2 === 0);
  for (let first = 0; first < granted.length; first += 100) {
    const grants = granted.slice(first, first + 100).map((grantee) => ({ ...LABS, grantee }));
    await consentry.consents.grant({ grants });
  }
  const reader = await chain.clientOf(chain.provider);
  const questions = asking.map((grantee): DecideParams => {
    return { patient: patient.address, grantee, categories: ["LABS"], purpose: "TREAT" };
  });
  const fresh = () => chain.rpc("evm_mine");
  const { ours, theirs } = await interleaved(
    async () => reader.consents.decideMany(questions),
    async () => {
      for (const question of questions) await reader.consents.decide(question);
    },
    fresh,
  );
  return theirs / ours;
}

async function inTurn(times: number, action: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < times; i++) await action();
}
