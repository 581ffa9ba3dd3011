import type { SpokenFor } from "@consentry/sdk/lookup";
import { useSpokenFor } from "../chain/queries.js";
import { useTexts } from "../texts/TextsProvider.js";
import { shortAddress } from "../ui/Party.js";
import { nameOfKey, useSession, useSessions } from "./SessionProvider.js";

/** Whose data are shown, and the way out. */
export function PatientSwitch() {
  const { connect } = useTexts();
  const { account, patient, key } = useSession();
  const { choosePatient, end } = useSessions();
  const { data: spokenFor } = useSpokenFor(account);
  const names = { self: () => connect.ownData, controller: connect.dependent, representative: connect.represented };
  const shown: SpokenFor[] = [...(spokenFor ?? [])];
  if (!shown.some((each) => each.patient === patient)) {
    shown.push({ patient, as: patient === account ? "self" : "controller", until: undefined });
  }
  return (
    <div className="who">
      <label>
        <span className="label">{connect.shownPatient}</span>{" "}
        <select value={patient} onChange={({ target }) => choosePatient(target.value)}>
          {shown.map((each) => (
            <option key={each.patient} value={each.patient}>
              {names[each.as](shortAddress(each.patient))}
            </option>
          ))}
        </select>
      </label>
      <span className="muted" title={account}>
        {connect.account} {nameOfKey(key)} ({shortAddress(account)})
      </span>
      <button type="button" onClick={end}>
        {connect.leave}
      </button>
    </div>
  );
}
