import type { PatientState } from "@consentry/sdk";
import { useState } from "react";
import { useTexts } from "../../texts/TextsProvider.js";
import { AcceptForm } from "./AcceptForm.js";
import { Card } from "./Card.js";
import { TransferForm } from "./TransferForm.js";

/** Moves control to another key: one part on each device. */
export function NewDevice({ state, isController }: { state: PatientState; isController: boolean }) {
  const { safety } = useTexts();
  const { device } = safety;
  const [part, setPart] = useState<"new" | "old">();
  return (
    <Card title={device.heading} intro={device.intro}>
      <div className="actions">
        <button
          type="button"
          aria-expanded={part === "new"}
          onClick={() => setPart(part === "new" ? undefined : "new")}
        >
          {device.isNew}
        </button>
        {isController && (
          <button
            type="button"
            aria-expanded={part === "old"}
            onClick={() => setPart(part === "old" ? undefined : "old")}
          >
            {device.isOld}
          </button>
        )}
      </div>
      {part === "new" && <AcceptForm />}
      {part === "old" && isController && <TransferForm patient={state.patient} controller={state.controller} />}
    </Card>
  );
}
