import type { CarriedConsent, MovingPlan } from "@consentry/sdk/moving";
import { type ReactNode, useId } from "react";
import { useTexts } from "../../texts/TextsProvider.js";
import { useNow } from "../../ui/useNow.js";
import { Listed } from "../safety/Listed.js";
import { RepresentativeItem } from "../safety/RepresentativeItem.js";
import type { Consent } from "../access/words/words.js";
import { CarriedConsents } from "./CarriedConsents.js";
import { CarriedRefusals } from "./CarriedRefusals.js";

const DAY = 86_400;

/** What the patient would say again, and what is closed then, or replaced. */
export function Plan({ plan, overruled }: { plan: MovingPlan; overruled: readonly Consent[] }) {
  const { move, safety } = useTexts();
  const { refusals, representatives, guardians } = plan;
  const [closed, consents] = [true, false].map((isClosed) =>
    plan.consents.filter((each) => each.isClosed === isClosed),
  ) as [CarriedConsent[], CarriedConsent[]];
  return (
    <>
      {closed.length > 0 && (
        <Part title={move.closedHeading} intro={move.closed} kind="notice notice-warning">
          <CarriedConsents consents={closed} />
        </Part>
      )}
      {overruled.length > 0 && (
        <Part title={move.overruledHeading} intro={move.overruled} kind="notice notice-warning">
          <CarriedConsents consents={overruled} />
        </Part>
      )}
      {consents.length > 0 && (
        <Part title={move.consentsHeading} intro={move.consents}>
          <CarriedConsents consents={consents} />
        </Part>
      )}
      {refusals.length > 0 && (
        <Part title={move.refusalsHeading} intro={move.refusals}>
          <CarriedRefusals refusals={refusals} />
        </Part>
      )}
      {representatives.length > 0 && (
        <Part title={safety.representatives.heading} intro={move.representatives}>
          <Representatives representatives={representatives} />
        </Part>
      )}
      <Part title={safety.guardians.heading} intro={guardians === undefined ? move.noGuardians : move.guardians}>
        {guardians !== undefined && <p>{safety.guardians.inOffice(guardians.delay / DAY)}</p>}
      </Part>
    </>
  );
}

interface PartProps {
  title: string;
  intro: string;
  kind?: string | undefined;
  children: ReactNode;
}

function Part({ title, intro, kind, children }: PartProps) {
  const id = useId();
  return (
    <section className={kind} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p>{intro}</p>
      {children}
    </section>
  );
}

function Representatives({ representatives }: Pick<MovingPlan, "representatives">) {
  const now = useNow();
  return (
    <Listed
      items={representatives}
      keyOf={({ representative }) => representative}
      render={(each) => {
        const status = (each.from?.getTime() ?? 0) > now ? "upcoming" : "live";
        return <RepresentativeItem representative={{ ...each, status }} />;
      }}
    />
  );
}
