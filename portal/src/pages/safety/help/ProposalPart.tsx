import type { Guardians, RecoveryProposal } from "@consentry/sdk";
import { useSession } from "../../../session/SessionProvider.js";
import { useTexts } from "../../../texts/TextsProvider.js";
import { Party } from "../../../ui/Party.js";
import { Time } from "../../../ui/Time.js";
import { groupsOf } from "../addresses.js";
import { PassOn } from "../PassOn.js";
import { isSame } from "../readAcceptance.js";
import { ApproveForm } from "./ApproveForm.js";
import type { Approval } from "./gather.js";

interface ProposalPartProps {
  proposal: RecoveryProposal;
  guardians: Guardians | undefined;
  approvals: readonly Approval[];
  onApproval: (approval: Approval) => void;
}

/** Who is to take over which records, and the guardian's own approval. */
export function ProposalPart({ proposal, guardians, approvals, onApproval }: ProposalPartProps) {
  const { safety } = useTexts();
  const { recovery: texts } = safety;
  const { account } = useSession();
  const own = approvals.find(({ message }) => isSame(message.guardian, account));
  const isGuardian = guardians?.accounts.some((each) => isSame(each, account)) ?? true;
  return (
    <section aria-label={texts.proposal}>
      <h3>{texts.proposal}</h3>
      <dl className="facts">
        <div>
          <dt>{texts.whose}</dt>
          <dd>
            <Party address={proposal.patient} />
          </dd>
        </div>
        <div>
          <dt>{texts.takesOver}</dt>
          <dd>
            <code className="groups">{groupsOf(proposal.controller)}</code>
          </dd>
        </div>
        <div>
          <dt>{texts.deadline}</dt>
          <dd>
            <Time value={new Date(Number(proposal.deadline) * 1_000)} />
          </dd>
        </div>
      </dl>
      <details>
        <summary>{texts.passProposal}</summary>
        <PassOn label={texts.proposal} text={JSON.stringify(proposal)} file="proposal.json" />
      </details>
      {own !== undefined && (
        <section aria-label={texts.passApproval}>
          <h3>{texts.passApproval}</h3>
          <PassOn label={texts.passApproval} text={JSON.stringify(own)} file="approval.json" />
        </section>
      )}
      {own === undefined && isGuardian && <ApproveForm proposal={proposal} onApproval={onApproval} />}
      {!isGuardian && <p className="muted">{texts.notGuardian}</p>}
    </section>
  );
}
