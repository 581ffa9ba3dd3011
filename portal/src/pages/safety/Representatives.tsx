import type { ListedRepresentative } from "@consentry/sdk";
import { useState } from "react";
import { useChain } from "../../chain/ChainProvider.js";
import { useSession } from "../../session/SessionProvider.js";
import { useSpeak } from "../../sign/SpeakProvider.js";
import { useTexts } from "../../texts/TextsProvider.js";
import { Busy } from "../../ui/Busy.js";
import { ErrorNote } from "../../ui/ErrorNote.js";
import { useNameOf } from "../../ui/Party.js";
import { AppointForm } from "./AppointForm.js";
import { Card } from "./Card.js";
import { Listed } from "./Listed.js";
import { RepresentativeItem } from "./RepresentativeItem.js";
import { useRepresentatives } from "./useControl.js";

/** Who may allow and withdraw in the patient's place. */
export function Representatives({ isController }: { isController: boolean }) {
  const { safety } = useTexts();
  const { representatives: texts } = safety;
  const { patient } = useSession();
  const { data, error, refetch } = useRepresentatives(patient);
  return (
    <Card title={texts.heading} intro={texts.intro}>
      {error !== null && <ErrorNote error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Busy />}
      {data !== undefined && <Lists all={data} isController={isController} />}
      {isController ? <Appoint /> : <p className="muted">{safety.onlyController}</p>}
    </Card>
  );
}

function Lists({ all, isController }: { all: readonly ListedRepresentative[]; isController: boolean }) {
  const { safety } = useTexts();
  const { representatives: texts } = safety;
  const dismiss = useDismiss();
  const present = all.filter(isPresent);
  const past = all.filter((each) => !isPresent(each));
  return (
    <>
      {present.length === 0 && <p>{texts.nobody}</p>}
      <Listed
        items={present}
        keyOf={({ representative }) => representative}
        render={(each) => <RepresentativeItem representative={each} onDismiss={isController ? dismiss : undefined} />}
      />
      {past.length > 0 && (
        <details>
          <summary>{texts.past}</summary>
          <Listed
            items={past}
            keyOf={({ representative }) => representative}
            render={(each) => <RepresentativeItem representative={each} />}
          />
        </details>
      )}
    </>
  );
}

function isPresent({ status }: ListedRepresentative): boolean {
  return status === "live" || status === "upcoming";
}

function useDismiss(): (representative: string) => void {
  const { safety } = useTexts();
  const { client } = useChain();
  const { patient } = useSession();
  const speak = useSpeak();
  const nameOf = useNameOf();
  return (representative) => {
    void speak({
      title: `${safety.representatives.dismiss}: ${nameOf(representative)}`,
      patient,
      sign: (options) => client.patients.dismissRepresentative.sign({ patient, representative }, options),
      changes: <p>{safety.representatives.dismissChanges}</p>,
    });
  };
}

function Appoint() {
  const { safety } = useTexts();
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <AppointForm onClose={() => setOpen(false)} />;
  return (
    <div className="actions">
      <button type="button" onClick={() => setOpen(true)}>
        {safety.representatives.appoint}
      </button>
    </div>
  );
}
