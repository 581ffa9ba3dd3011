import type { ListedConsent, Purpose } from "@consentry/sdk";
import { useDeferredValue, useMemo, useState } from "react";
import { useSession } from "../../../session/SessionProvider.js";
import { useTexts } from "../../../texts/TextsProvider.js";
import { Busy } from "../../../ui/Busy.js";
import { type OfGrantee, standing } from "../words/words.js";
import { ColumnPages } from "./ColumnPages.js";
import { MatrixTable } from "./MatrixTable.js";
import { Nobody } from "./Nobody.js";
import { PurposeChoice } from "./PurposeChoice.js";
import { purposesIn } from "./purposes.js";
import { useSeen } from "./useSeen.js";
import { useViewers } from "./useViewers.js";
import "./matrix.css";

/** So many providers side by side. */
const COLUMNS = 8;

interface MatrixProps {
  words: readonly ListedConsent[];
  /** Who may see something, in the order in which they are shown. */
  providers: readonly OfGrantee[];
  now: number;
}

/** A picture of who can see which kind of data. */
export function Matrix({ words, providers, now }: MatrixProps) {
  const { access } = useTexts();
  const { patient } = useSession();
  const viewerOf = useViewers(patient);
  const [purpose, setPurpose] = useState<Purpose>();
  const [first, setFirst] = useState(0);
  const purposes = useMemo(() => purposesIn(providers.flatMap((each) => standing(each, now))), [providers, now]);
  // What was chosen shows at once; the table follows as soon as it can.
  const picture = useSeen({ words, providers, purpose: useDeferredValue(purpose), viewerOf, now });
  const from = useDeferredValue(first < providers.length ? first : 0);
  const shown = useMemo(() => providers.slice(from, from + COLUMNS).map(({ grantee }) => grantee), [providers, from]);
  if (picture === undefined) return <Busy />;
  return (
    <>
      <p>{access.matrix.intro}</p>
      <PurposeChoice purposes={purposes} chosen={purpose} choose={setPurpose} />
      <ColumnPages first={from} count={COLUMNS} of={providers.length} choose={setFirst} />
      <MatrixTable grantees={shown} picture={picture} />
      <Nobody rows={picture.rows} />
    </>
  );
}
