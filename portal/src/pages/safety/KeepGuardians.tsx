import type { Guardians, PatientState } from "@consentry/sdk";
import { useState } from "react";
import { useChain } from "../../chain/ChainProvider.js";
import { useSpeak } from "../../sign/SpeakProvider.js";
import { useTexts } from "../../texts/TextsProvider.js";
import { Time } from "../../ui/Time.js";
import { PassOn } from "./PassOn.js";
import { effectiveAt } from "./RemoveGuardians.js";
import { Sure } from "./Sure.js";

interface KeepGuardiansProps {
  guardians: Guardians;
  days: number;
  state: PatientState;
  onClose: () => void;
}

/** What the commitment is made of: kept first, then signed. */
export function KeepGuardians({ guardians, days, state, onClose }: KeepGuardiansProps) {
  const { common, safety } = useTexts();
  const { guardians: texts } = safety;
  const [isKept, setKept] = useState(false);
  const [isSigned, setSigned] = useState(false);
  const say = useSetGuardians(guardians, days, state.guardians?.delay);
  const sign = async (): Promise<void> => {
    if (await say()) setSigned(true);
  };
  return (
    <section className="form" aria-labelledby="keep-guardians">
      <h3 id="keep-guardians">{texts.keepHeading}</h3>
      <p>{texts.keep}</p>
      <PassOn label={texts.heading} text={JSON.stringify(guardians)} file={texts.file} qr={false} />
      <Sure label={texts.kept} value={isKept} onChange={setKept} />
      <div className="actions">
        {isSigned ? (
          <p role="status">{texts.signed}</p>
        ) : (
          <button type="button" className="primary" disabled={!isKept} onClick={() => void sign()}>
            {texts.sign}
          </button>
        )}
        <button type="button" onClick={onClose}>
          {isSigned ? common.close : common.cancel}
        </button>
      </div>
    </section>
  );
}

/** Says who the guardians are; resolves to whether it was signed. */
function useSetGuardians(guardians: Guardians, days: number, presentDelay: number | undefined) {
  const { safety } = useTexts();
  const { guardians: texts } = safety;
  const { client } = useChain();
  const speak = useSpeak();
  return async (): Promise<boolean> => {
    const done = await speak({
      title: presentDelay === undefined ? texts.name : texts.replace,
      patient: guardians.patient,
      sign: (options) => client.patients.setGuardians.sign({ guardians, delay: { days } }, options),
      changes:
        presentDelay === undefined ? (
          <p>{texts.changesNow}</p>
        ) : (
          <p>
            {texts.changesLater} <Time value={effectiveAt(presentDelay)} />.
          </p>
        ),
    });
    return done !== undefined;
  };
}
