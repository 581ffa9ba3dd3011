import { useChain } from "../../chain/ChainProvider.js";
import { useSession } from "../../session/SessionProvider.js";
import { useTexts } from "../../texts/TextsProvider.js";
import { Busy } from "../../ui/Busy.js";
import { ErrorNote } from "../../ui/ErrorNote.js";
import { Begin } from "./Begin.js";
import { Obstacle, useHindrance } from "./Obstacle.js";
import { Plan } from "./Plan.js";
import { Progress } from "./Progress.js";
import { isToMove, useMove, useSteps } from "./useMove.js";
import "../access/access.css";
import "../safety/safety.css";
import "./move.css";

/** From the registry before this one to this one. */
export function MovePage() {
  const { move } = useTexts();
  return (
    <>
      <h1>{move.heading}</h1>
      <Content />
    </>
  );
}

function Content() {
  const { move } = useTexts();
  const { moving } = useChain();
  const { patient } = useSession();
  const { data, error, refetch } = useMove(patient);
  const steps = useSteps(patient);
  const hindrance = useHindrance(data?.hasMoved === false ? data.recovery : undefined);
  if (moving === undefined) return <p>{move.nothing}</p>;
  if (data === undefined) {
    return error === null ? <Busy what={move.reading} /> : <ErrorNote error={error} retry={() => void refetch()} />;
  }
  if (data.hasMoved) return <Moved />;
  if (steps.length > 0) return <Progress steps={steps} />;
  if (!isToMove(data)) return <p>{move.nothing}</p>;
  const { plan, overruled, recovery } = data;
  return (
    <>
      <Obstacle hindrance={hindrance} recovery={recovery} />
      <p className="lead">{move.intro}</p>
      <WhatHappens />
      <Plan plan={plan} overruled={overruled} />
      {hindrance === undefined && <Begin plan={plan} moving={moving} />}
    </>
  );
}

function WhatHappens() {
  const { move } = useTexts();
  return (
    <section className="card" aria-labelledby="what-happens">
      <h2 id="what-happens">{move.happensHeading}</h2>
      <ol>
        {move.happens.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ol>
    </section>
  );
}

function Moved() {
  const { move, pages } = useTexts();
  return (
    <div className="notice notice-good" role="status">
      <p>
        <strong>{move.moved}</strong>
      </p>
      <p>{move.movedText}</p>
      <p>
        <a href="#/access">{pages.access}</a>
      </p>
    </div>
  );
}
