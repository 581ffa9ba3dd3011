/** A disaster drill: disks, the relayer's file, the record of the deployment and every index are lost, and had again. */
import { join } from "node:path";
import type { PoaChain } from "../poa/chain.js";
import type { People } from "../start/story.js";
import type { Check } from "./check.js";
import { backUp, catchUp, loseDisk, restore } from "./disks.js";
import { sameEverywhere } from "./everywhere.js";
import { checkAccesses } from "./indexes/accesses.js";
import { checkConsents } from "./indexes/consents.js";
import { checkDirectory } from "./indexes/directory.js";
import { type Source, sourceAt } from "./indexes/source.js";
import { checkRecord } from "./record.js";
import { loseRelayer } from "./relayer.js";
import { goOn, goOnAgain } from "./story.js";

/** What the drill is held on. */
export interface Scene {
  /** With the story of `npm start`; the people of it ask the first validator. */
  chain: PoaChain;
  people: People;
  /** An empty folder, for what is kept. */
  folder: string;
}

/** One part of the drill, when it is over. */
export interface Act {
  title: string;
  seconds: number;
  checks: readonly Check[];
}

/** Holds the drill, and tells each part of it as soon as it is over. */
export async function drill(scene: Scene, tell: (act: Act) => void): Promise<void> {
  const { chain, people, folder } = scene;
  const act = async (title: string, play: () => Promise<readonly Check[]>): Promise<void> => {
    const start = performance.now();
    const checks = await play();
    tell({ title, seconds: Math.round((performance.now() - start) / 1000), checks });
  };
  await act("A validator's disk is lost, and restored from a backup", () => fromBackup(scene));
  await act("A validator is left with nothing but its key", () => fromKey(scene));
  await act("Another validator goes down", () => carriedByOthers(scene));
  await act("The relayer's file is lost", async () => {
    return [await loseRelayer(chain, people.clinic.address, join(folder, "relayer.sqlite"))];
  });
  await act("Every index is rebuilt from the validator that had nothing but its key", async () => {
    return checkIndexes(await emptied(scene));
  });
  await act("The record of the deployment is lost", async () => {
    return checkRecord(await emptied(scene), people.consortium.address, join(folder, "deployments"));
  });
}

async function fromBackup({ chain, people, folder }: Scene): Promise<Check[]> {
  const [first, , , fourth] = chain.validators;
  if (first === undefined || fourth === undefined) throw tooFew();
  const copy = join(folder, "backup");
  await backUp(fourth, copy);
  await goOn(people);
  await loseDisk(fourth);
  await goOnAgain(people);
  await restore(fourth, copy);
  await catchUp(fourth, first);
  return sameEverywhere(chain);
}

async function fromKey({ chain }: Scene): Promise<Check[]> {
  const [first, , third] = chain.validators;
  if (first === undefined || third === undefined) throw tooFew();
  await third.kill();
  chain.leaveKey(third);
  await third.start();
  await catchUp(third, first);
  return sameEverywhere(chain);
}

/** With one of four down all others must agree to each block: also the two that came back. */
async function carriedByOthers({ chain }: Scene): Promise<Check[]> {
  const [first, second] = chain.validators;
  if (first === undefined || second === undefined) throw tooFew();
  await second.kill();
  const top = await first.until((height) => height > 0);
  const reached = await first.until((height) => height > top + 3);
  await second.start();
  await catchUp(second, first);
  return [{ claim: "Those that came back agree to blocks.", compared: reached - top, differences: [] }];
}

/** What the validator that had nothing but its key tells. */
async function emptied({ chain }: Scene): Promise<Source> {
  const [first, , third] = chain.validators;
  if (first === undefined || third === undefined) throw tooFew();
  await catchUp(third, first);
  return sourceAt(third, chain.deployment);
}

/** Rebuilds them by the SDK and past it. */
export async function checkIndexes(source: Source): Promise<Check[]> {
  return [...(await checkConsents(source)), await checkAccesses(source), await checkDirectory(source)];
}

function tooFew(): Error {
  return new Error("The drill needs four validators.");
}
