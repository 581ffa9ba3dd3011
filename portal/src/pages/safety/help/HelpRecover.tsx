import { useState } from "react";
import { useTexts } from "../../../texts/TextsProvider.js";
import { Card } from "../Card.js";
import { TextSource } from "../TextSource.js";
import { ApprovalsPart } from "./ApprovalsPart.js";
import { CompleteForm } from "./CompleteForm.js";
import { type Approval, gather, type Gathered, NOTHING } from "./gather.js";
import { ProposalPart } from "./ProposalPart.js";
import { ProposeForm } from "./ProposeForm.js";
import { StartPart } from "./StartPart.js";

/** Being a guardian: proposes, approves, collects, starts and completes a recovery. */
export function HelpRecover() {
  const { safety } = useTexts();
  const { recovery: texts } = safety;
  const [isOpen, setOpen] = useState(false);
  return (
    <Card title={texts.heading} intro={texts.intro}>
      <div className="actions">
        <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {texts.heading}
        </button>
      </div>
      {isOpen && (
        <>
          <Preparing />
          <h3>{texts.finishHeading}</h3>
          <CompleteForm />
        </>
      )}
    </Card>
  );
}

function Preparing() {
  const { safety } = useTexts();
  const { recovery: texts } = safety;
  const [gathered, setGathered] = useState<Gathered>(NOTHING);
  const { guardians, proposal, approvals } = gathered;
  const add = (text: string): string | undefined => {
    const found = gather(gathered, text);
    if (typeof found === "string") return texts.problems[found];
    setGathered(found);
    return undefined;
  };
  const approve = (approval: Approval): void => void add(JSON.stringify(approval));
  return (
    <div className="form">
      <TextSource label={texts.add} thanks={texts.added} onText={add} />
      {guardians !== undefined && <p>{texts.guardians(guardians.accounts.length, guardians.threshold)}</p>}
      {guardians !== undefined && proposal === undefined && (
        <ProposeForm guardians={guardians} onProposal={(made) => setGathered({ ...gathered, proposal: made })} />
      )}
      {proposal !== undefined && (
        <ProposalPart proposal={proposal} guardians={guardians} approvals={approvals} onApproval={approve} />
      )}
      {approvals.length > 0 && <ApprovalsPart approvals={approvals} threshold={guardians?.threshold} />}
      {approvals.length > 0 && guardians === undefined && <p className="muted">{texts.missingGuardians}</p>}
      {guardians !== undefined && approvals.length >= guardians.threshold && (
        <StartPart guardians={guardians} approvals={approvals} />
      )}
      {gathered !== NOTHING && (
        <button type="button" onClick={() => setGathered(NOTHING)}>
          {texts.startOver}
        </button>
      )}
    </div>
  );
}
