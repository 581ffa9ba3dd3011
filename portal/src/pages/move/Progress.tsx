import { useTexts } from "../../texts/TextsProvider.js";
import { Busy } from "../../ui/Busy.js";
import type { useSteps } from "./useMove.js";

/** How far the delivery of what was signed has come: it goes on by itself, also after the page was closed. */
export function Progress({ steps }: { steps: ReturnType<typeof useSteps> }) {
  const { move } = useTexts();
  const of = steps[0]?.series.of ?? 0;
  const delivered = of - steps.length;
  const isStuck = steps.some(({ state }) => state === "refused");
  return (
    <section className="card" aria-labelledby="under-way">
      <h2 id="under-way">{move.underWayHeading}</h2>
      <p>
        <progress className="move-progress" value={delivered} max={of} aria-labelledby="under-way" />
      </p>
      {isStuck ? (
        <p className="notice notice-error" role="alert">
          {move.stuck}
        </p>
      ) : (
        <>
          <Busy what={move.delivered(delivered, of)} />
          <p>{move.underWay}</p>
        </>
      )}
    </section>
  );
}
