import { useId, useState } from "react";
import { useTexts } from "../../texts/TextsProvider.js";
import { Time } from "../../ui/Time.js";
import { AccessTable } from "./AccessTable.js";
import type { Group } from "./log/groups.js";
import { type Kind, kindOf } from "./log/kinds.js";
import { useSentence } from "./useSentence.js";

const BADGES: Record<Kind, string> = { permitted: "badge-good", refused: "badge-bad", emergency: "badge-warning" };

/** One sentence, and each time of it on demand. */
export function AccessGroup({ group }: { group: Group }) {
  const { looked } = useTexts();
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const { entries } = group;
  const [newest] = entries;
  const kind = kindOf(newest);
  const count = entries.length;
  return (
    <li className={kind === "emergency" ? "access access-emergency" : "access"}>
      <p id={id}>
        <Time value={newest.time} /> <span className={`badge ${BADGES[kind]}`}>{looked.kinds[kind]}</span>{" "}
        {count > 1 && <strong>{looked.times(count)}</strong>}
        <br />
        {useSentence()(entries)}
      </p>
      <button type="button" aria-expanded={isOpen} aria-describedby={id} onClick={() => setOpen(!isOpen)}>
        {isOpen ? looked.hide : count > 1 ? looked.showEach : looked.showDetails}
      </button>
      {isOpen && <AccessTable entries={entries} />}
    </li>
  );
}
