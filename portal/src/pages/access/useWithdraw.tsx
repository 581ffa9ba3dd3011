import { useChain } from "../../chain/ChainProvider.js";
import { withdrawalOf } from "../../chain/places.js";
import { useSession } from "../../session/SessionProvider.js";
import { useSpeak } from "../../sign/SpeakProvider.js";
import { useTexts } from "../../texts/TextsProvider.js";
import { useNameOf } from "../../ui/Party.js";
import type { Consent } from "./words/words.js";

interface Withdraw {
  /** Everything from a grantee, what break-glass opened included. */
  readonly everything: (grantee: string, consents: readonly Consent[]) => void;
  /** Just what stands in one scope. */
  readonly one: (consent: Consent) => void;
}

/** Withdrawals: each shows what is signed, and is signed then. */
export function useWithdraw(): Withdraw {
  const { access } = useTexts();
  const { patient } = useSession();
  const { client } = useChain();
  const speak = useSpeak();
  const nameOf = useNameOf();
  return {
    everything: (grantee, consents) => {
      // A withdrawal from a provider does not end what break-glass opened: that is said besides.
      const emergency = consents.filter(({ scope }) => scope.kind === "emergency");
      const revocations = [{ grantee }, ...emergency.map(({ scope }) => withdrawalOf(grantee, scope))];
      void speak({
        title: `${access.withdraw}: ${nameOf(grantee)}`,
        patient,
        sign: (options) => client.consents.revoke.sign({ patient, revocations }, options),
        changes: <p>{access.withdrawChanges(nameOf(grantee))}</p>,
      });
    },
    one: ({ grantee, scope }) => {
      void speak({
        title: `${access.withdrawOne}: ${nameOf(grantee)}`,
        patient,
        sign: (options) =>
          client.consents.revoke.sign({ patient, revocations: [withdrawalOf(grantee, scope)] }, options),
        changes: <p>{access.withdrawOneChanges}</p>,
      });
    },
  };
}
