import { useCodeNames, useTexts } from "../../texts/TextsProvider.js";
import { OrdinaryFields, SensitiveFields } from "./CategoryFields.js";
import { Choice } from "./Choice.js";
import { type FieldsProps, toggled } from "./draft.js";
import { EndFields } from "./EndFields.js";
import { PurposeFields } from "./PurposeFields.js";

interface TermsFieldsProps extends FieldsProps {
  /** Which data and what for are folded away until somebody wants to see them. */
  isFolded: boolean;
}

/** All that can be chosen: which data, what for, until when, and what may be done with them. */
export function TermsFields({ isFolded, ...props }: TermsFieldsProps) {
  const { grant } = useTexts();
  return (
    <>
      <details open={!isFolded}>
        <summary>{grant.adjust}</summary>
        <OrdinaryFields {...props} />
        <PurposeFields {...props} />
        <ActionFields {...props} />
      </details>
      <SensitiveFields {...props} />
      <EndFields {...props} />
    </>
  );
}

function ActionFields({ draft, offer, change }: FieldsProps) {
  const { grant } = useTexts();
  const { actions: names } = useCodeNames();
  const { actions } = draft;
  return (
    <details>
      <summary>{grant.advanced}</summary>
      <fieldset>
        <legend>{grant.actions}</legend>
        <div className="choices">
          {offer.actions.map((action) => (
            <Choice
              key={action}
              type="checkbox"
              isChosen={actions.includes(action)}
              choose={(isIn) => change({ actions: toggled(actions, action, isIn) })}
              label={names[action]}
            />
          ))}
        </div>
      </fieldset>
    </details>
  );
}
