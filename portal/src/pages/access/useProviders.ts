import type { ListedConsent } from "@consentry/sdk";
import { useMemo } from "react";
import { useLanguage } from "../../texts/TextsProvider.js";
import { useDirectory } from "../../chain/queries.js";
import { byGrantee, isStanding, isToAll, type OfGrantee } from "./words/words.js";

/** What a patient said, as the page shows it. */
export interface Providers {
  /** Who may see something by name, in the order of the alphabet; who is in no directory comes last. */
  readonly named: readonly OfGrantee[];
  /** What all active providers may see; undefined if nothing. */
  readonly all: OfGrantee | undefined;
  /** The others: nobody of them may see anything. */
  readonly others: readonly OfGrantee[];
  /** From whom the patient withdrew altogether. */
  readonly excepted: readonly string[];
}

/** Sorts a patient's words by who may see something. */
export function useProviders(words: readonly ListedConsent[], now: number): Providers {
  const { language } = useLanguage();
  const { data: directory } = useDirectory();
  return useMemo(() => {
    const groups = byGrantee(words);
    const stands = groups.filter(({ words: said }) => said.some((word) => isStanding(word, now)));
    const collator = new Intl.Collator(language);
    const nameOf = ({ grantee }: OfGrantee): string => directory?.get(grantee)?.name ?? grantee;
    const unlisted = ({ grantee }: OfGrantee): number => Number(directory?.has(grantee) !== true);
    const named = stands
      .filter((group) => !isToAll(group))
      .toSorted((a, b) => {
        return unlisted(a) - unlisted(b) || collator.compare(nameOf(a), nameOf(b));
      });
    const standing = new Set(stands);
    const others = groups.filter((group) => !standing.has(group));
    const excepted = groups.filter(isRefused).map(({ grantee }) => grantee);
    return { named, all: stands.find(isToAll), others, excepted };
  }, [words, now, language, directory]);
}

function isRefused({ words }: OfGrantee): boolean {
  return words.some(({ scope, status }) => scope.kind === "general" && status === "refused");
}
