import { useTexts } from "../../../texts/TextsProvider.js";
import { Party } from "../../../ui/Party.js";
import type { Approval } from "./gather.js";

/** Who has approved. */
export function ApprovalsPart({
  approvals,
  threshold,
}: {
  approvals: readonly Approval[];
  threshold: number | undefined;
}) {
  const { safety } = useTexts();
  const { recovery: texts } = safety;
  return (
    <section aria-label={texts.approvals}>
      <h3>{texts.approvals}</h3>
      <p role="status">{texts.count(approvals.length, threshold)}</p>
      <ul>
        {approvals.map(({ message: { guardian } }) => (
          <li key={guardian}>
            <Party address={guardian} />
          </li>
        ))}
      </ul>
    </section>
  );
}
