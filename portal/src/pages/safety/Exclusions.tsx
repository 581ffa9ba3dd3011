import type { Category } from "@consentry/sdk";
import { useState } from "react";
import { useTexts } from "../../texts/TextsProvider.js";
import { Categories } from "../../ui/Codes.js";
import { Card } from "./Card.js";
import { ExclusionsForm } from "./ExclusionsForm.js";

/** Which kinds of data stay closed even in emergencies. */
export function Exclusions({ exclusions, isController }: { exclusions: readonly Category[]; isController: boolean }) {
  const { safety } = useTexts();
  const { exclusions: texts } = safety;
  const [isOpen, setOpen] = useState(false);
  return (
    <Card title={texts.heading} intro={texts.intro}>
      <h3>{texts.present}</h3>
      {exclusions.length === 0 ? <p>{texts.nothing}</p> : <Categories names={exclusions} />}
      {!isController && <p className="muted">{safety.onlyController}</p>}
      {isController && isOpen && (
        <ExclusionsForm key={exclusions.join()} present={exclusions} onClose={() => setOpen(false)} />
      )}
      {isController && !isOpen && (
        <div className="actions">
          <button type="button" onClick={() => setOpen(true)}>
            {texts.change}: {texts.heading}
          </button>
        </div>
      )}
    </Card>
  );
}
