import type { PatientState } from "@consentry/sdk";
import { useState } from "react";
import { useOutboxEntries } from "../../relay/OutboxProvider.js";
import { useTexts } from "../../texts/TextsProvider.js";
import { Time } from "../../ui/Time.js";
import { Card } from "./Card.js";
import { GuardiansForm } from "./GuardiansForm.js";
import { RemoveGuardians } from "./RemoveGuardians.js";

const DAY = 86_400;

interface GuardiansCardProps {
  state: PatientState;
  isController: boolean;
}

/** Who can help if the key is lost: whether there is anybody, and others instead. */
export function GuardiansCard({ state, isController }: GuardiansCardProps) {
  const { safety } = useTexts();
  const { guardians: texts } = safety;
  const { guardians } = state;
  return (
    <Card title={texts.heading} intro={texts.intro}>
      {guardians === undefined ? (
        <p className="notice notice-warning">{texts.none}</p>
      ) : (
        <p>
          {texts.inOffice(guardians.delay / DAY)} {texts.whoUnknown}
        </p>
      )}
      {guardians?.next !== undefined && (
        <p>
          {guardians.next.commitment === undefined ? texts.nextNobody : texts.next}{" "}
          <Time value={guardians.next.effectiveAt} />
        </p>
      )}
      {isController ? <Change state={state} /> : <p className="muted">{safety.onlyController}</p>}
    </Card>
  );
}

function Change({ state }: { state: PatientState }) {
  const { safety } = useTexts();
  const { guardians: texts } = safety;
  const [isOpen, setOpen] = useState(false);
  const isPending = useOutboxEntries(state.patient).some(({ type, state: at }) => {
    return type === "SetGuardians" && (at === "signed" || at === "queued");
  });
  // The form stays: it still holds what must be kept.
  if (isOpen) return <GuardiansForm state={state} onClose={() => setOpen(false)} />;
  if (state.recovery !== undefined) return <p className="notice">{texts.underWay}</p>;
  if (isPending) return <p className="notice">{texts.pending}</p>;
  return (
    <div className="actions">
      <button type="button" onClick={() => setOpen(true)}>
        {state.guardians === undefined ? texts.name : texts.replace}
      </button>
      {state.guardians !== undefined && <RemoveGuardians state={state} />}
    </div>
  );
}
