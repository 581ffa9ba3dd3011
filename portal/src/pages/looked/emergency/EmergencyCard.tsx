import type { EmergencyEntry } from "@consentry/sdk/emergency";
import { useId } from "react";
import { useChain } from "../../../chain/ChainProvider.js";
import { useSpeak } from "../../../sign/SpeakProvider.js";
import { useTexts } from "../../../texts/TextsProvider.js";
import { useNameOf } from "../../../ui/Party.js";
import { EmergencyFacts } from "./EmergencyFacts.js";
import { ReasonProof } from "./ReasonProof.js";
import { Verdicts } from "./Verdicts.js";

/** One break-glass: who, when, what, why, and what its review found. */
export function EmergencyCard({ entry }: { entry: EmergencyEntry }) {
  const { looked } = useTexts();
  const nameOf = useNameOf();
  const id = useId();
  const isOpen = entry.state === "open";
  return (
    <article className={`emergency notice ${isOpen ? "notice-error" : "notice-warning"}`} aria-labelledby={id}>
      <h3 id={id}>
        {looked.brokeGlass(nameOf(entry.grantee))}{" "}
        <span className={isOpen ? "badge badge-bad" : "badge badge-warning"}>{looked.states[entry.state]}</span>
      </h3>
      <EmergencyFacts entry={entry} />
      {isOpen && <EndButton entry={entry} />}
      <h4>{looked.reasonHeading}</h4>
      <ReasonProof entry={entry} intro={looked.reasonIntro} />
      <h4>{looked.verdictHeading}</h4>
      <Verdicts reviews={entry.reviews} />
    </article>
  );
}

/** Ends it for all categories at once. */
function EndButton({ entry: { patient, grantee } }: { entry: EmergencyEntry }) {
  const { looked } = useTexts();
  const { client } = useChain();
  const speak = useSpeak();
  const nameOf = useNameOf();
  const end = (): void => {
    void speak({
      title: looked.endTitle(nameOf(grantee)),
      patient,
      sign: (options) => client.consents.revoke.sign({ patient, grantee, purpose: "BTG" }, options),
      changes: <p>{looked.endExplanation}</p>,
    });
  };
  return (
    <div className="actions">
      <button type="button" className="danger" onClick={end}>
        {looked.end}
      </button>
    </div>
  );
}
