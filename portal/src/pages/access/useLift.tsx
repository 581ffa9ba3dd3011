import type { ListedConsent } from "@consentry/sdk";
import { useChain } from "../../chain/ChainProvider.js";
import { useSession } from "../../session/SessionProvider.js";
import { useSpeak } from "../../sign/SpeakProvider.js";
import { useCodeNames, useTexts } from "../../texts/TextsProvider.js";

/**
 * Shows a hidden record again. A refusal is taken back only by a consent in its place: one that had ended when the record was
 * hidden allows nothing itself, and what else was allowed covers the record as before.
 */
export function useLift(): (word: ListedConsent) => void {
  const { access } = useTexts();
  const locale = useCodeNames();
  const { patient } = useSession();
  const { client } = useChain();
  const speak = useSpeak();
  return ({ grantee, scope, statedAt }) => {
    if (scope.kind !== "record") return;
    const { record } = scope;
    const ended = { categories: ["OTHER_KIND"], purposes: ["TREAT"], actions: ["access"], until: statedAt } as const;
    void speak({
      title: access.lift,
      patient,
      sign: (options) => client.consents.grant.sign({ patient, grantee, record, ...ended, locale }, options),
      changes: <p>{access.liftChanges}</p>,
    });
  };
}
