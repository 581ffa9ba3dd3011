import { type Moving, type MovingPlan, signaturesFor } from "@consentry/sdk/moving";
import { useSpeak } from "../../sign/SpeakProvider.js";
import { useCodeNames, useTexts } from "../../texts/TextsProvider.js";

interface BeginProps {
  plan: MovingPlan;
  moving: () => Promise<Moving>;
}

/** The way to move: all of it is signed, and then delivered in its order. */
export function Begin({ plan, moving }: BeginProps) {
  const { move } = useTexts();
  const locale = useCodeNames();
  const speak = useSpeak();
  const { patient } = plan;
  const count = signaturesFor(plan);
  const begin = (): void => {
    void speak({
      title: move.heading,
      patient,
      count,
      sign: async ({ by }) => (await moving()).sign(plan, { by, locale }),
      changes: <p>{move.changes}</p>,
    });
  };
  return (
    <div className="card">
      <p>{move.asks(count)}</p>
      <div className="actions">
        <button type="button" className="primary" onClick={begin}>
          {move.begin}
        </button>
      </div>
    </div>
  );
}
