import type { PatientState } from "@consentry/sdk";
import { useChain } from "../../chain/ChainProvider.js";
import { useSpeak } from "../../sign/SpeakProvider.js";
import { useTexts } from "../../texts/TextsProvider.js";
import { Time } from "../../ui/Time.js";

/** Ends that anybody is a guardian. */
export function RemoveGuardians({ state }: { state: PatientState }) {
  const { safety } = useTexts();
  const { guardians: texts } = safety;
  const { client } = useChain();
  const speak = useSpeak();
  const { patient, guardians } = state;
  const remove = (): void => {
    void speak({
      title: texts.remove,
      patient,
      sign: (options) => client.patients.setGuardians.sign({ guardians: "nobody", patient }, options),
      changes: (
        <p>
          {texts.removeNow} <Time value={effectiveAt(guardians?.delay ?? 0)} />.
        </p>
      ),
    });
  };
  return (
    <button type="button" className="danger" onClick={remove}>
      {texts.remove}
    </button>
  );
}

/** When a change takes effect that is delivered now. */
export function effectiveAt(delay: number): Date {
  return new Date(Date.now() + delay * 1_000);
}
