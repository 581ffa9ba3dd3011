import { useState } from "react";
import { useChain } from "../../chain/ChainProvider.js";
import { type Directory, useDirectory } from "../../chain/queries.js";
import { useSession } from "../../session/SessionProvider.js";
import { useSpeak } from "../../sign/SpeakProvider.js";
import { useCodeNames, useTexts } from "../../texts/TextsProvider.js";
import { useNameOf } from "../../ui/Party.js";
import { askedAbout } from "./askedAbout.js";
import { Changes } from "./Changes.js";
import { type GrantTerms, simulateGrant } from "./simulateGrant.js";

const NOBODY: Directory = new Map();

/** How far it has come before it can be read and signed. */
export interface Allowing {
  readonly isBusy: boolean;
  /** Why it can't be signed. */
  readonly error: unknown;
  /** Resolves to whether it was signed. */
  readonly allow: (terms: () => Promise<Omit<GrantTerms, "patient">>) => Promise<boolean>;
}

/** Allows something in the name of the patient who is shown: says first what would change, then has it signed. */
export function useAllow(): Allowing {
  const { grant } = useTexts();
  const locale = useCodeNames();
  const nameOf = useNameOf();
  const { client } = useChain();
  const { data: directory = NOBODY } = useDirectory();
  const { patient } = useSession();
  const speak = useSpeak();
  const [state, setState] = useState<{ isBusy: boolean; error: unknown }>({ isBusy: false, error: undefined });

  const allow: Allowing["allow"] = async (termsOf) => {
    setState({ isBusy: true, error: undefined });
    try {
      const terms = { ...(await termsOf()), patient };
      const asked = await askedAbout(client, directory, terms);
      const changes = asked === undefined ? undefined : await simulateGrant(client, terms, asked);
      setState({ isBusy: false, error: undefined });
      const said = await speak({
        title: grant.title(nameOf(terms.grantee)),
        patient,
        sign: (options) => client.consents.grant.sign({ ...terms, locale }, options),
        changes: changes === undefined ? <p>{grant.anybody.warning}</p> : <Changes changes={changes} />,
      });
      return said !== undefined;
    } catch (error) {
      setState({ isBusy: false, error });
      return false;
    }
  };
  return { ...state, allow };
}
