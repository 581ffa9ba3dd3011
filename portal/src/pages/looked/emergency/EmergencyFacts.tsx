import type { EmergencyEntry } from "@consentry/sdk/emergency";
import type { ReactNode } from "react";
import { useTexts } from "../../../texts/TextsProvider.js";
import { Categories } from "../../../ui/Codes.js";
import { Party } from "../../../ui/Party.js";
import { Time } from "../../../ui/Time.js";

/** When, until when, what, and who acted; `children` are further facts. */
export function EmergencyFacts({ entry, children }: { entry: EmergencyEntry; children?: ReactNode }) {
  const { looked } = useTexts();
  const { time, until, endedBy, terms, by, grantee } = entry;
  return (
    <dl className="facts">
      <Fact name={looked.when}>
        <Time value={time} />
      </Fact>
      <Fact name={looked.window}>
        <Time value={until} />
      </Fact>
      {endedBy !== undefined && (
        <Fact name={looked.endedAt}>
          <Time value={endedBy.time} />
        </Fact>
      )}
      <Fact name={looked.opened}>
        <Categories names={terms.categories} />
      </Fact>
      {by !== grantee && (
        <Fact name={looked.by}>
          <Party address={by} />
        </Fact>
      )}
      {children}
    </dl>
  );
}

/** A fact and its name. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
