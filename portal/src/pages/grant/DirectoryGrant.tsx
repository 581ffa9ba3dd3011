import type { ListedProvider } from "@consentry/sdk";
import { useId, useState } from "react";
import { useTexts } from "../../texts/TextsProvider.js";
import { useNameOf } from "../../ui/Party.js";
import { Choice } from "./Choice.js";
import type { Draft } from "./draft.js";
import { draftOf, EVERYTHING, type PresetName, presetsFor } from "./presets.js";
import { ProviderPicker } from "./ProviderPicker.js";
import { TermsFields } from "./TermsFields.js";
import { TermsForm } from "./TermsForm.js";
import { termsOf } from "./terms.js";

/** Allows somebody of the directory something, unasked. */
export function DirectoryGrant({ onAllowed }: { onAllowed: (grantee: string) => void }) {
  const { grant } = useTexts();
  const nameOf = useNameOf();
  const [provider, setProvider] = useState<ListedProvider>();
  const [preset, setPreset] = useState<PresetName>();
  const [draft, setDraft] = useState<Draft>();
  const choose = (name: PresetName): void => {
    setPreset(name);
    setDraft(draftOf(name));
  };
  return (
    <section aria-labelledby="directory">
      <h2 id="directory">{grant.directoryHeading}</h2>
      <ProviderPicker chosen={provider} choose={setProvider} />
      {provider !== undefined && <Presets provider={provider} chosen={preset} choose={choose} />}
      {provider !== undefined && draft !== undefined && (
        <TermsForm
          draft={draft}
          submit={grant.review(nameOf(provider.provider))}
          terms={() => Promise.resolve({ grantee: provider.provider, ...termsOf(draft) })}
          onAllowed={() => onAllowed(provider.provider)}
        >
          <TermsFields
            key={preset}
            draft={draft}
            offer={EVERYTHING}
            change={(part) => setDraft({ ...draft, ...part })}
            isFolded={preset !== "own"}
          />
        </TermsForm>
      )}
    </section>
  );
}

interface PresetsProps {
  provider: ListedProvider;
  chosen: PresetName | undefined;
  choose: (name: PresetName) => void;
}

function Presets({ provider, chosen, choose }: PresetsProps) {
  const { grant } = useTexts();
  const nameOf = useNameOf();
  const id = useId();
  return (
    <fieldset>
      <legend>{grant.preset(nameOf(provider.provider))}</legend>
      {presetsFor(provider.kind).map((name) => (
        <Choice
          key={name}
          type="radio"
          name={`${id}-preset`}
          isChosen={name === chosen}
          choose={() => choose(name)}
          label={grant.presets[name].label}
          note={grant.presets[name].note}
        />
      ))}
    </fieldset>
  );
}
