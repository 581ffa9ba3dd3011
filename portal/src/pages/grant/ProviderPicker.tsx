import type { ListedProvider } from "@consentry/sdk";
import { useDeferredValue, useId, useMemo, useState } from "react";
import { useDirectory } from "../../chain/queries.js";
import { useSession } from "../../session/SessionProvider.js";
import { useTexts } from "../../texts/TextsProvider.js";
import { Busy } from "../../ui/Busy.js";
import { ErrorNote } from "../../ui/ErrorNote.js";
import { useNameOf } from "../../ui/Party.js";
import { Choice } from "./Choice.js";

/** So many at once: whoever is looked for stands among the first, or the search is too wide. */
const AT_ONCE = 10;

interface ProviderPickerProps {
  chosen: ListedProvider | undefined;
  choose: (provider: ListedProvider) => void;
}

/** Somebody of the directory, looked for by name and kind. */
export function ProviderPicker({ chosen, choose }: ProviderPickerProps) {
  const { access, common, grant } = useTexts();
  const { patient } = useSession();
  const nameOf = useNameOf();
  const { data: directory, error, refetch } = useDirectory();
  const [name, setName] = useState("");
  const [kind, setKind] = useState("");
  const [shown, setShown] = useState(AT_ONCE);
  const id = useId();
  const sought = useDeferredValue(name);
  const found = useMemo(() => {
    const others = [...(directory?.values() ?? [])].filter(({ provider }) => provider !== patient);
    return search(others, sought, kind);
  }, [directory, patient, sought, kind]);
  if (error !== null) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (directory === undefined) return <Busy />;
  const kinds = [...new Set([...directory.values()].map((entry) => entry.kind))];
  return (
    <>
      <div className="search" role="search">
        <label htmlFor={`${id}-name`}>{grant.searchName}</label>
        <input
          id={`${id}-name`}
          type="search"
          autoComplete="off"
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <label htmlFor={`${id}-kind`}>{grant.searchKind}</label>
        <select id={`${id}-kind`} value={kind} onChange={({ target }) => setKind(target.value)}>
          <option value="">{grant.anyKind}</option>
          {kinds.map((each) => (
            <option key={each} value={each}>
              {access.kinds[each]}
            </option>
          ))}
        </select>
      </div>
      <p role="status" className="muted">
        {grant.found(found.length)}
      </p>
      <fieldset>
        <legend>{grant.provider}</legend>
        {found.slice(0, shown).map((entry) => (
          <Choice
            key={entry.provider}
            type="radio"
            name={`${id}-provider`}
            isChosen={entry.provider === chosen?.provider}
            isDisabled={!entry.active}
            choose={() => choose(entry)}
            label={`${nameOf(entry.provider)} (${access.kinds[entry.kind]})`}
            note={entry.active ? undefined : grant.inactive[entry.standing]}
          />
        ))}
        {found.length > shown && (
          <button type="button" onClick={() => setShown(shown + AT_ONCE)}>
            {common.more}
          </button>
        )}
      </fieldset>
    </>
  );
}

/** Those whose name has every word in it, those first that can be chosen. */
function search(directory: readonly ListedProvider[], name: string, kind: string): ListedProvider[] {
  const words = name.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const found = directory.filter((entry) => {
    const own = entry.name.toLocaleLowerCase();
    return (kind === "" || entry.kind === kind) && words.every((word) => own.includes(word));
  });
  return found.sort((a, b) => Number(b.active) - Number(a.active) || a.name.localeCompare(b.name));
}
