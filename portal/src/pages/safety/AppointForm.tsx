import { type SubmitEvent, useState } from "react";
import { useChain } from "../../chain/ChainProvider.js";
import { useSession } from "../../session/SessionProvider.js";
import { useSpeak } from "../../sign/SpeakProvider.js";
import { useTexts } from "../../texts/TextsProvider.js";
import { AddressField } from "./AddressField.js";
import { AppointDays, type Days } from "./AppointDays.js";
import { readAddress } from "./addresses.js";
import { FormActions } from "./FormActions.js";

/** Appoints somebody for a while. */
export function AppointForm({ onClose }: { onClose: () => void }) {
  const { safety } = useTexts();
  const { representatives: texts, address: words } = safety;
  const { client } = useChain();
  const { patient, account } = useSession();
  const speak = useSpeak();
  const [who, setWho] = useState("");
  const [days, setDays] = useState<Days>({ from: "", until: "", hasNoEnd: false });
  const [isTried, setTried] = useState(false);
  const representative = readAddress(who);
  const problem =
    representative === undefined
      ? words.bad
      : representative === account
        ? words.own
        : representative === patient
          ? words.patient
          : undefined;
  const daysProblem = problemOf(days, texts);

  const appoint = async (): Promise<void> => {
    setTried(true);
    if (representative === undefined || problem !== undefined || daysProblem !== undefined) return;
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const until = days.hasNoEnd ? "until-revoked" : days.until;
    const from = days.from === "" ? {} : { from: days.from };
    const done = await speak({
      title: texts.appoint,
      patient,
      sign: (options) => {
        const params = { patient, representative, until, timeZone, ...from };
        return client.patients.appointRepresentative.sign(params, options);
      },
      changes: <p>{texts.appointChanges}</p>,
    });
    if (done !== undefined) onClose();
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void appoint();
  };
  return (
    <form className="form" noValidate aria-label={texts.appoint} onSubmit={submit}>
      <AddressField label={texts.who} value={who} onChange={setWho} problem={isTried ? problem : undefined} />
      <AppointDays days={days} onChange={setDays} problem={isTried ? daysProblem : undefined} />
      <FormActions submit={texts.sign} onCancel={onClose} />
    </form>
  );
}

function problemOf({ from, until, hasNoEnd }: Days, texts: { noUntil: string; badPeriod: string }): string | undefined {
  if (hasNoEnd) return undefined;
  if (until === "") return texts.noUntil;
  const today = new Date().toLocaleDateString("sv");
  return until < today || (from !== "" && until < from) ? texts.badPeriod : undefined;
}
