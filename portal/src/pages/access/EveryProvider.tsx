import { useTexts } from "../../texts/TextsProvider.js";
import { Party } from "../../ui/Party.js";
import { ProviderBody } from "./ProviderBody.js";
import type { OfGrantee } from "./words/words.js";

interface EveryProviderProps {
  /** What was said to all active providers. */
  all: OfGrantee;
  /** From whom the patient withdrew by name: it does not hold for them. */
  excepted: readonly string[];
  now: number;
}

/** The opt-in to all providers, set apart: it is wider than any other. */
export function EveryProvider({ all, excepted, now }: EveryProviderProps) {
  const { access } = useTexts();
  return (
    <section className="notice notice-warning" aria-labelledby="every-provider">
      <h2 id="every-provider">{access.everybody}</h2>
      <p>{access.everybodyIntro}</p>
      {excepted.length > 0 && (
        <p>
          {access.everybodyExcept}{" "}
          {excepted.map((grantee, i) => (
            <span key={grantee}>
              {i > 0 && ", "}
              <Party address={grantee} />
            </span>
          ))}
        </p>
      )}
      <ProviderBody provider={all} now={now} headingId="every-provider" />
    </section>
  );
}
