import { useDeferredValue, useState } from "react";
import { useTexts } from "../../texts/TextsProvider.js";
import { useNameOf } from "../../ui/Party.js";
import { ProviderCard } from "./ProviderCard.js";
import { usePaged } from "./usePaged.js";
import type { OfGrantee } from "./words/words.js";

/** So many cards at once: a page with all of a thousand is of use to nobody. */
const AT_ONCE = 12;

/** The cards of providers, with a way to find one among many. */
export function ProviderList({ providers, now }: { providers: readonly OfGrantee[]; now: number }) {
  const { access, common } = useTexts();
  const nameOf = useNameOf();
  const [written, setWritten] = useState("");
  const wanted = useDeferredValue(written);
  const found =
    wanted === "" ? providers : providers.filter(({ grantee }) => matches(nameOf(grantee), grantee, wanted));
  const [shown, more] = usePaged(found, AT_ONCE);
  return (
    <>
      {providers.length > AT_ONCE && (
        <label className="access-find">
          {access.find} <input type="search" value={written} onChange={({ target }) => setWritten(target.value)} />
        </label>
      )}
      {wanted !== "" && <p role="status">{access.found(found.length)}</p>}
      {shown.map((provider) => (
        <ProviderCard key={provider.grantee} provider={provider} now={now} />
      ))}
      {more !== undefined && (
        <button type="button" onClick={more}>
          {common.more}
        </button>
      )}
    </>
  );
}

function matches(name: string, address: string, wanted: string): boolean {
  const text = wanted.trim().toLocaleLowerCase();
  return name.toLocaleLowerCase().includes(text) || address.toLowerCase() === text;
}
