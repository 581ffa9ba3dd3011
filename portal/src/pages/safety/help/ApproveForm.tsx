import type { RecoveryProposal } from "@consentry/sdk";
import { useState } from "react";
import { useChain } from "../../../chain/ChainProvider.js";
import { useSpeak } from "../../../sign/SpeakProvider.js";
import { useTexts } from "../../../texts/TextsProvider.js";
import { Sure } from "../Sure.js";
import type { Approval } from "./gather.js";

interface ApproveFormProps {
  proposal: RecoveryProposal;
  onApproval: (approval: Approval) => void;
}

/** A guardian's word: only after talking with the patient. */
export function ApproveForm({ proposal, onApproval }: ApproveFormProps) {
  const { safety } = useTexts();
  const { recovery: texts } = safety;
  const { client } = useChain();
  const speak = useSpeak();
  const [isSure, setSure] = useState(false);
  const approve = (): void => {
    void speak({
      title: texts.approve,
      patient: proposal.patient,
      sign: (options) => client.patients.approveRecovery.sign(proposal, options),
      changes: <p>{texts.approveChanges}</p>,
      keep: (statement) => statement.primaryType === "ApproveRecovery" && onApproval(statement),
    });
  };
  return (
    <>
      <Sure label={texts.sure} value={isSure} onChange={setSure} />
      <div className="actions">
        <button type="button" className="primary" disabled={!isSure} onClick={approve}>
          {texts.approve}
        </button>
      </div>
    </>
  );
}
