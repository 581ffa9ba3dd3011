import { allCategories, ANY_PROVIDER, type Category, type ListedConsent, type Purpose } from "@consentry/sdk";
import { useMemo } from "react";
import { byGrantee, isStanding, type OfGrantee } from "../words/words.js";
import { purposesIn } from "./purposes.js";
import { mostOf, type Seen, seenBy, type Viewer } from "./seen.js";

/** Who sees what. */
export interface Picture {
  readonly seen: (grantee: string, category: Category) => Seen;
  /** The categories of which somebody sees something. */
  readonly rows: readonly Category[];
}

interface Asked {
  readonly words: readonly ListedConsent[];
  readonly providers: readonly OfGrantee[];
  /** Any that was allowed if left out. */
  readonly purpose: Purpose | undefined;
  readonly viewerOf: ((grantee: string) => Viewer) | undefined;
  readonly now: number;
}

/** Works out who sees what; undefined as long as it is not known who asks. */
export function useSeen({ words, providers, purpose, viewerOf, now }: Asked): Picture | undefined {
  return useMemo(() => {
    if (viewerOf === undefined) return undefined;
    const groups = new Map(byGrantee(words).map((group) => [group.grantee, group.words]));
    const wordsOf = (holder: string): readonly ListedConsent[] => groups.get(holder) ?? [];
    // No other purpose can be allowed to a grantee than those of its own words and of what is open to all.
    const purposesOf = (grantee: string): readonly Purpose[] => {
      if (purpose !== undefined) return [purpose];
      const said = [...wordsOf(grantee), ...wordsOf(ANY_PROVIDER)];
      return purposesIn(said.filter((word) => isStanding(word, now)));
    };
    const answers = new Map<string, readonly ((category: Category) => Seen)[]>();
    const answersOf = (grantee: string): readonly ((category: Category) => Seen)[] => {
      const known = answers.get(grantee);
      if (known !== undefined) return known;
      const viewer = viewerOf(grantee);
      const made = purposesOf(grantee).map((each) => seenBy(viewer, { purpose: each, action: "access" }, wordsOf, now));
      answers.set(grantee, made);
      return made;
    };
    const seen = (grantee: string, category: Category): Seen =>
      mostOf(answersOf(grantee).map((answer) => answer(category)));
    const rows = allCategories().filter((name) => providers.some(({ grantee }) => seen(grantee, name) !== "no"));
    return { seen, rows };
  }, [words, providers, purpose, viewerOf, now]);
}
