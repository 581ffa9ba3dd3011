import type { ListedDependent } from "@consentry/sdk";
import { useState } from "react";
import { useSession, useSessions } from "../../session/SessionProvider.js";
import { useTexts } from "../../texts/TextsProvider.js";
import { NameButton } from "../../ui/NameButton.js";
import { Party, useNameOf } from "../../ui/Party.js";
import { TransferForm } from "./TransferForm.js";

/** One dependent: to decide for, and to be handed over. */
export function DependentItem({ dependent: { dependent, controller } }: { dependent: ListedDependent }) {
  const { safety } = useTexts();
  const { dependents: texts } = safety;
  const { account, patient } = useSession();
  const { choosePatient } = useSessions();
  const name = useNameOf()(dependent);
  const [isHandingOver, setHandingOver] = useState(false);
  const isInCare = controller === account;
  return (
    <li className="entry">
      <div className="card-head">
        <strong>
          <Party address={dependent} />
        </strong>
        <span className={isInCare ? "badge badge-good" : "badge"}>{isInCare ? texts.inCare : texts.handedOver}</span>
        <NameButton address={dependent} />
      </div>
      <details>
        <summary>{safety.address.label}</summary>
        <code>{dependent}</code>
      </details>
      {isInCare && (
        <div className="actions">
          {patient !== dependent && (
            <button type="button" aria-label={`${texts.show}: ${name}`} onClick={() => choosePatient(dependent)}>
              {texts.show}
            </button>
          )}
          <button
            type="button"
            aria-label={`${texts.handOver}: ${name}`}
            aria-expanded={isHandingOver}
            onClick={() => setHandingOver(!isHandingOver)}
          >
            {texts.handOver}
          </button>
        </div>
      )}
      {isInCare && isHandingOver && (
        <section aria-label={texts.handOverTo}>
          <h3>{texts.handOverTo}</h3>
          <TransferForm patient={dependent} controller={controller} />
        </section>
      )}
    </li>
  );
}
