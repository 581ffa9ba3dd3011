import type { Category, DecisionName, Purpose } from "@consentry/sdk";
import { fewestPurposes } from "./draft.js";
import { groupBy } from "./groupBy.js";
import type { GrantChanges, GroupAnswer } from "./simulateGrant.js";

/** What a provider would see for some purposes, and what not any more. */
export interface Outcome {
  readonly purposes: readonly Purpose[];
  readonly gained: readonly Category[];
  readonly lost: readonly Category[];
  readonly kept: readonly Category[];
}

/** What would be granted and yet not be seen, and why. */
export interface Idle {
  readonly decision: DecisionName;
  readonly categories: readonly Category[];
}

/** The answers by purposes, those together that come to the same. */
export function outcomesOf({ answers }: GrantChanges): Outcome[] {
  const byPurposes = groupBy(answers, ({ purposes }) => purposes.join());
  const each = [...byPurposes.values()].map(outcomeOf).filter(isSomething);
  const same = groupBy(each, ({ gained, lost, kept }) => [gained, lost, kept].map((list) => list.join()).join(" "));
  return [...same.values()].flatMap((list) => {
    const [first] = list;
    if (first === undefined) return [];
    return [{ ...first, purposes: fewestPurposes(list.flatMap(({ purposes }) => purposes)) }];
  });
}

function outcomeOf(answers: readonly GroupAnswer[]): Outcome {
  const categoriesOf = (list: readonly GroupAnswer[]): Category[] => list.flatMap(({ categories }) => categories);
  const isSeen = ({ answer: { after } }: GroupAnswer): boolean => after.permits || after.conditional;
  return {
    purposes: answers[0]?.purposes ?? [],
    gained: categoriesOf(answers.filter(({ answer }) => answer.effect === "more")),
    lost: categoriesOf(answers.filter(({ answer }) => answer.effect === "less")),
    kept: categoriesOf(answers.filter((each) => each.answer.effect === "same" && isSeen(each))),
  };
}

function isSomething({ gained, lost, kept }: Outcome): boolean {
  return gained.length + lost.length + kept.length > 0;
}

/** What is granted but opens nothing now, by the reason. */
export function idleIn({ answers }: GrantChanges): Idle[] {
  const idle = answers.filter(({ isGranted, answer: { after } }) => isGranted && !after.permits && !after.conditional);
  const byReason = groupBy(idle, ({ answer }) => answer.after.decision);
  return [...byReason].map(([decision, list]) => {
    return { decision, categories: [...new Set(list.flatMap(({ categories }) => categories))] };
  });
}
