import type { EmergencyEntry } from "@consentry/sdk/emergency";
import { useTexts } from "../../../texts/TextsProvider.js";
import { Proof } from "./Proof.js";
import { useEmergencyActions } from "./useEmergencies.js";

/** Whether what the provider handed over is the reason that it gave when it broke the glass. */
export function ReasonProof({ entry, intro }: { entry: EmergencyEntry; intro: string }) {
  const { looked } = useTexts();
  const emergency = useEmergencyActions();
  const check = (json: string) => {
    const given = emergency.parseReason(json);
    return { text: given.reason, isProven: emergency.verifyReason(entry, given) };
  };
  return (
    <>
      <p>{intro}</p>
      <Proof title={looked.checkReason} field={looked.reasonField} check={check} />
    </>
  );
}
