import { useDeferredValue, useState } from "react";
import { useConsents } from "../../chain/queries.js";
import { useSession } from "../../session/SessionProvider.js";
import { useTexts } from "../../texts/TextsProvider.js";
import { Busy } from "../../ui/Busy.js";
import { ErrorNote } from "../../ui/ErrorNote.js";
import { useIsToMove } from "../move/useMove.js";
import { Cards } from "./Cards.js";
import { Matrix } from "./matrix/Matrix.js";
import { Timeline } from "./timeline/Timeline.js";
import { useNow } from "./useNow.js";
import { useProviders } from "./useProviders.js";
import { type View, ViewSwitch } from "./ViewSwitch.js";
import { WithdrawAll } from "./WithdrawAll.js";
import "./access.css";

const NONE: never[] = [];

/** Who may see which of the patient's data. */
export function AccessPage() {
  const { access, move } = useTexts();
  const { patient } = useSession();
  const { data, error, refetch } = useConsents(patient);
  // A thousand consents are rendered bit by bit: nobody waits for them who wants to do something else.
  const words = useDeferredValue(data);
  const now = useNow();
  const [chosen, setView] = useState<View>("cards");
  const view = useDeferredValue(chosen);
  const providers = useProviders(words ?? NONE, now);
  const empty = useIsToMove() ? move.notHere : access.empty;
  if (data === undefined && error !== null) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (words === undefined) return <Busy what={access.reading} />;
  const { named, all } = providers;
  const everybody = all === undefined ? named : [all, ...named];
  return (
    <>
      <h1>{access.heading}</h1>
      {error !== null && <ErrorNote error={error} retry={() => void refetch()} />}
      <div className="access-head">
        <ViewSwitch view={chosen} choose={setView} />
        {everybody.length > 0 && <WithdrawAll />}
      </div>
      {view !== "timeline" && <p>{everybody.length === 0 ? empty : access.count(named.length)}</p>}
      {view === "cards" && <Cards words={words} providers={providers} now={now} />}
      {view === "picture" && everybody.length > 0 && <Matrix words={words} providers={everybody} now={now} />}
      {view === "timeline" && <Timeline patient={patient} />}
    </>
  );
}
