import { type SubmitEvent, useState } from "react";
import { useTexts } from "../../../texts/TextsProvider.js";
import { AddressField } from "../AddressField.js";
import { readAddress } from "../addresses.js";
import { CompletePart } from "./CompletePart.js";

/** Looks for a recovery that has waited, by the address of the records. */
export function CompleteForm() {
  const { safety } = useTexts();
  const { recovery: texts, address: words } = safety;
  const [text, setText] = useState("");
  const [isTried, setTried] = useState(false);
  const [patient, setPatient] = useState<string>();
  const found = readAddress(text);
  const look = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    setPatient(found);
  };
  return (
    <form className="form" noValidate aria-label={texts.finishHeading} onSubmit={look}>
      <AddressField
        label={texts.patient}
        value={text}
        onChange={setText}
        problem={isTried && found === undefined ? words.bad : undefined}
      />
      <div className="actions">
        <button type="submit">{texts.look}</button>
      </div>
      {patient !== undefined && <CompletePart key={patient} patient={patient} />}
    </form>
  );
}
