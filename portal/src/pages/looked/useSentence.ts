import type { Category, HistoryEntry } from "@consentry/sdk";
import { useCodeNames, useTexts } from "../../texts/TextsProvider.js";
import { useNameOf } from "../../ui/Party.js";
import { kindOf } from "./log/kinds.js";

/** What accesses of one provider, alike in all but their data, come to in a sentence. */
export function useSentence(): (entries: readonly [HistoryEntry, ...HistoryEntry[]]) => string {
  const { looked } = useTexts();
  const nameOf = useNameOf();
  const dataOf = useDataNames();
  const { purposes } = useCodeNames();
  return (entries) => {
    const [entry] = entries;
    const data = dataOf([...new Set(entries.flatMap(({ categories }) => categories))]);
    const purpose = entry.purpose === undefined ? "" : purposes[entry.purpose];
    const kind = kindOf(entry);
    const deed = kind === "refused" ? looked.refused : (looked.deeds[entry.action ?? ""] ?? looked.otherDeed);
    const sentence = deed(nameOf(entry.grantee), data, purpose);
    if (kind === "refused") return `${sentence} ${looked.whyRefused[entry.decision] ?? ""}`.trim();
    if (kind === "emergency") return looked.emergency(sentence);
    return entry.decision === "PermitConditional" ? `${sentence} ${looked.conditional}` : sentence;
  };
}

/** Kinds of data in a sentence. */
export function useDataNames(): (names: readonly Category[]) => string {
  const { looked } = useTexts();
  const { categories } = useCodeNames();
  return (names) => (names.length === 0 ? looked.unknownData : names.map((name) => categories[name]).join(", "));
}
