import type { Passkey } from "@consentry/sdk";
import { useId, useState } from "react";
import { type PasskeyFileProblem, readPasskey } from "../../session/passkeyFile.js";
import { useTexts } from "../../texts/TextsProvider.js";
import { Busy } from "../../ui/Busy.js";

/** Takes the file of a passkey that was made in another browser. */
export function PasskeyFile({ onPasskey }: { onPasskey: (passkey: Passkey) => void }) {
  const { connect } = useTexts();
  const { passkeyFile: texts } = connect;
  const [state, setState] = useState<PasskeyFileProblem | "reading">();
  const id = useId();
  const open = async (input: HTMLInputElement): Promise<void> => {
    const file = input.files?.[0];
    if (file === undefined) return;
    setState("reading");
    const found = await readPasskey(file);
    input.value = "";
    if (typeof found === "string") setState(found);
    else onPasskey(found);
  };
  return (
    <details>
      <summary>{texts.elsewhere}</summary>
      <p id={`${id}-why`}>{texts.open}</p>
      <label className="file">
        {texts.file}{" "}
        <input
          type="file"
          accept=".json,application/json"
          aria-describedby={`${id}-why`}
          onChange={({ target }) => void open(target)}
        />
      </label>
      {state === "reading" && <Busy what={texts.confirm} />}
      {state !== undefined && state !== "reading" && (
        <p className="notice notice-error" role="alert">
          {texts.problems[state]}
        </p>
      )}
    </details>
  );
}
