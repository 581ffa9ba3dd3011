import { usePatientState } from "../../chain/queries.js";
import { useSession } from "../../session/SessionProvider.js";
import { useTexts } from "../../texts/TextsProvider.js";
import { Busy } from "../../ui/Busy.js";
import { ErrorNote } from "../../ui/ErrorNote.js";
import { Dependents } from "./Dependents.js";
import { Exclusions } from "./Exclusions.js";
import { GuardiansCard } from "./GuardiansCard.js";
import { HelpRecover } from "./help/HelpRecover.js";
import { NewDevice } from "./NewDevice.js";
import { OwnAddress } from "./OwnAddress.js";
import { Representatives } from "./Representatives.js";
import { useRole } from "./useControl.js";

/** Who else may decide, what happens if the key is lost, and what emergencies never open. */
export function SafetyPage() {
  const { safety } = useTexts();
  const { patient } = useSession();
  const { data: state, error, refetch } = usePatientState(patient);
  const role = useRole();
  if (state === undefined && error !== null) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (state === undefined || role === undefined) return <Busy />;
  const isController = role === "controller";
  return (
    <>
      <h1>{safety.heading}</h1>
      <p className="lead">{safety.intro}</p>
      {role === "representative" && <p className="notice">{safety.represents}</p>}
      <Representatives isController={isController} />
      <GuardiansCard state={state} isController={isController} />
      <Exclusions exclusions={state.exclusions} isController={isController} />
      <NewDevice state={state} isController={isController} />
      <Dependents />
      <HelpRecover />
      <OwnAddress />
    </>
  );
}
