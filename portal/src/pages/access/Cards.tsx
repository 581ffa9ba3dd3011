import type { ListedConsent } from "@consentry/sdk";
import { EveryProvider } from "./EveryProvider.js";
import { OtherHidden } from "./OtherHidden.js";
import { PastList } from "./PastList.js";
import { ProviderList } from "./ProviderList.js";
import type { Providers } from "./useProviders.js";
import { isPast } from "./words/words.js";

interface CardsProps {
  words: readonly ListedConsent[];
  providers: Providers;
  now: number;
}

/** Who may see what, one by one; then what is hidden, and what is over. */
export function Cards({ words, providers: { named, all, others, excepted }, now }: CardsProps) {
  return (
    <>
      {all !== undefined && <EveryProvider all={all} excepted={excepted} now={now} />}
      <ProviderList providers={named} now={now} />
      <OtherHidden groups={others} />
      <PastList words={words.filter((word) => isPast(word, now))} />
    </>
  );
}
