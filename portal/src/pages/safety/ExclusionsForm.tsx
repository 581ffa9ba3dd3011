import { allCategories, type Category, isSensitivity } from "@consentry/sdk";
import { type SubmitEvent, useState } from "react";
import { useChain } from "../../chain/ChainProvider.js";
import { useSession } from "../../session/SessionProvider.js";
import { useSpeak } from "../../sign/SpeakProvider.js";
import { useTexts } from "../../texts/TextsProvider.js";
import { CategoryTicks } from "./CategoryTicks.js";
import { ExclusionChanges } from "./ExclusionChanges.js";
import { FormActions } from "./FormActions.js";

interface ExclusionsFormProps {
  present: readonly Category[];
  onClose: () => void;
}

const SENSITIVE = allCategories().filter((name) => isSensitivity(name));
const ORDINARY = allCategories().filter((name) => !isSensitivity(name));

/** Chooses what stays closed, kind by kind. */
export function ExclusionsForm({ present, onClose }: ExclusionsFormProps) {
  const { safety } = useTexts();
  const { exclusions: texts } = safety;
  const { client } = useChain();
  const { patient } = useSession();
  const speak = useSpeak();
  const [chosen, setChosen] = useState<ReadonlySet<Category>>(() => new Set(present));
  const closes = [...chosen].filter((name) => !present.includes(name));
  const opens = present.filter((name) => !chosen.has(name));
  const isChanged = closes.length + opens.length > 0;

  const save = async (): Promise<void> => {
    const done = await speak({
      title: texts.heading,
      patient,
      sign: (options) => client.patients.setExclusions.sign({ patient, categories: [...chosen] }, options),
      changes: <ExclusionChanges closes={closes} opens={opens} />,
    });
    if (done !== undefined) onClose();
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (isChanged) void save();
  };
  return (
    <form className="form" aria-label={texts.heading} onSubmit={submit}>
      <p className="notice notice-warning">{texts.danger}</p>
      <p>{texts.several}</p>
      <CategoryTicks
        legend={texts.sensitive}
        hint={texts.sensitiveHint}
        names={SENSITIVE}
        chosen={chosen}
        onChange={setChosen}
      />
      <CategoryTicks
        legend={texts.ordinary}
        hint={texts.ordinaryHint}
        names={ORDINARY}
        chosen={chosen}
        onChange={setChosen}
      />
      <p role="status" className="muted">
        {!isChanged && texts.unchanged}
      </p>
      <FormActions submit={texts.save} onCancel={onClose} isDisabled={!isChanged} />
    </form>
  );
}
