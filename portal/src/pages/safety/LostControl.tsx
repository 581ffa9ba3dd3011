import type { SpokenFor } from "@consentry/sdk/lookup";
import { usePatientState, useSpokenFor } from "../../chain/queries.js";
import { useSession, useSessions } from "../../session/SessionProvider.js";
import { useTexts } from "../../texts/TextsProvider.js";
import { Party, useNameOf } from "../../ui/Party.js";
import { Time } from "../../ui/Time.js";

/** Whoever is here may not speak for the patient who is shown: says so, and what is left. */
export function LostControl() {
  const { connect, safety } = useTexts();
  const { lost } = safety;
  const { account, patient } = useSession();
  const { choosePatient, end } = useSessions();
  const { data: state } = usePatientState(patient);
  const { data: spokenFor } = useSpokenFor(account);
  const called = useNameOf();
  const names = { self: () => lost.own, controller: lost.dependent, representative: lost.represented };
  const nameOf = ({ as, patient: other }: SpokenFor): string => names[as](called(other));
  return (
    <section className="notice notice-error" role="alert" aria-labelledby="lost-control">
      <h2 id="lost-control">{lost.heading}</h2>
      <p>{patient === account ? lost.ownKey : lost.others}</p>
      {state !== undefined && (
        <dl className="facts">
          <div>
            <dt>{lost.controller}</dt>
            <dd>
              <Party address={state.controller} />
              {state.controlSince !== undefined && (
                <>
                  , {lost.since} <Time value={state.controlSince} />
                </>
              )}
            </dd>
          </div>
        </dl>
      )}
      <p>{lost.notYou}</p>
      <p>{lost.left}</p>
      <div className="actions">
        {spokenFor
          ?.filter((each) => each.patient !== patient)
          .slice(0, 5)
          .map((each) => (
            <button key={each.patient} type="button" onClick={() => choosePatient(each.patient)}>
              {lost.show(nameOf(each))}
            </button>
          ))}
        <button type="button" onClick={end}>
          {connect.leave}
        </button>
      </div>
    </section>
  );
}
