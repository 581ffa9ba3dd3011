import type { Category, Purpose, Scope, Terms } from "@consentry/sdk";
import { useMemo } from "react";
import { useCodeNames, useTexts } from "../../texts/TextsProvider.js";
import { purposeSummaries, summaryOf } from "./words/summaries.js";

/** So many are named in a sentence. */
const NAMED = 3;

/** Parts of sentences. */
export interface Told {
  readonly categories: (names: readonly Category[]) => string;
  readonly purposes: (names: readonly Purpose[]) => string;
  /** What is allowed, and what for. */
  readonly terms: (terms: Terms) => string;
  /** What a withdrawal is about. */
  readonly scope: (scope: Scope) => string;
}

/** Terms and scopes in few words, for a sentence. */
export function useTold(): Told {
  const { access, sign } = useTexts();
  const names = useCodeNames();
  return useMemo(() => {
    const some = (list: readonly string[]): string => {
      const [first, ...others] = [list.slice(0, NAMED).join(", "), ...list.slice(NAMED)];
      return others.length === 0 ? first : access.andMore(first, others.length);
    };
    const categories = (all: readonly Category[]): string => {
      const { kinds, sensitive, isAllOrdinary } = summaryOf(all);
      const named = kinds.map((name) => names.categories[name]);
      const told = sensitive.map((name) => names.categories[name]);
      const parts = [
        isAllOrdinary ? access.allOrdinary : some(named),
        told.length > 0 ? access.sensitiveOnly(told.join(", ")) : "",
      ];
      return parts.filter((part) => part !== "").join("; ");
    };
    const purposes = (all: readonly Purpose[]): string => {
      return some(purposeSummaries(all).flatMap(({ heads }) => heads.map((name) => names.purposes[name])));
    };
    return {
      categories,
      purposes,
      terms: (terms) => `${categories(terms.categories)}; ${purposes(terms.purposes)}`,
      scope: (scope) => {
        if (scope.kind === "purpose") return sign.scopes.purpose(names.purposes[scope.family]);
        return scope.kind === "unknown" ? sign.scopes.general : sign.scopes[scope.kind];
      },
    };
  }, [access, sign, names]);
}
