import type { SpokenFor } from "@consentry/sdk/lookup";
import { useSpokenFor } from "../chain/queries.js";
import { useTexts } from "../texts/TextsProvider.js";
import { NameButton } from "../ui/NameButton.js";
import { shortAddress, useNameOf } from "../ui/Party.js";
import { nameOfKey, useSession, useSessions } from "./SessionProvider.js";

/** Whose data are shown, and the way out. */
export function PatientSwitch() {
  const { connect } = useTexts();
  const { account, patient, key } = useSession();
  const { choosePatient, end } = useSessions();
  const { data: spokenFor = [] } = useSpokenFor(account);
  const nameOf = useNameOf();
  const names = { self: () => connect.ownData, controller: connect.dependent, representative: connect.represented };
  const labels = new Map(spokenFor.map((each: SpokenFor) => [each.patient, names[each.as](nameOf(each.patient))]));
  // What nobody has looked up yet, or is over, is no relation.
  if (!labels.has(patient))
    labels.set(patient, patient === account ? connect.ownData : connect.otherPatient(nameOf(patient)));
  return (
    <div className="who">
      <label>
        <span className="label">{connect.shownPatient}</span>{" "}
        <select value={patient} onChange={({ target }) => choosePatient(target.value)}>
          {[...labels].map(([address, label]) => (
            <option key={address} value={address}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <NameButton address={patient} />
      <span className="muted" title={account}>
        {connect.account} {nameOfKey(key)} ({shortAddress(account)})
      </span>
      <button type="button" onClick={end}>
        {connect.leave}
      </button>
    </div>
  );
}
