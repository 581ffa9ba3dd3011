import { allPurposes, describePurpose, expandPurposes, familyOf, type Purpose } from "@consentry/sdk";
import { useCodeNames, useTexts } from "../../texts/TextsProvider.js";
import { Choice } from "./Choice.js";
import { coveredBy, type FieldsProps, toggled } from "./draft.js";

const ROOTS = allPurposes().filter((purpose) => describePurpose(purpose).parent === null && purpose !== "BTG");

/** What for: by the roots of the families, and the parts of each on demand. */
export function PurposeFields(props: FieldsProps) {
  const { grant } = useTexts();
  const { purposes } = props.offer;
  const families = ROOTS.filter((root) => purposes.some((purpose) => familyOf(purpose) === root));
  return (
    <fieldset>
      <legend>{grant.purposes}</legend>
      {families.map((root) => (
        <Family key={root} root={root} {...props} />
      ))}
    </fieldset>
  );
}

function Family({ root, ...props }: FieldsProps & { root: Purpose }) {
  const { grant } = useTexts();
  const members = props.offer.purposes.filter((purpose) => familyOf(purpose) === root && purpose !== root);
  const hasRoot = props.offer.purposes.includes(root);
  if (!hasRoot) return members.map((purpose) => <PurposeChoice key={purpose} purpose={purpose} {...props} />);
  return (
    <div className="family">
      <PurposeChoice purpose={root} {...props} />
      {members.length > 0 && (
        <details>
          <summary>{grant.purposeParts}</summary>
          {members.map((purpose) => (
            <PurposeChoice key={purpose} purpose={purpose} {...props} />
          ))}
        </details>
      )}
    </div>
  );
}

function PurposeChoice({ purpose, draft, change }: FieldsProps & { purpose: Purpose }) {
  const { grant } = useTexts();
  const { purposes: names } = useCodeNames();
  const { purposes } = draft;
  const isCovered = coveredBy(purpose, purposes) !== undefined;
  const choose = (isIn: boolean): void => {
    const covered = expandPurposes([purpose]);
    change({
      purposes: toggled(
        purposes.filter((each) => !covered.includes(each)),
        purpose,
        isIn,
      ),
    });
  };
  return (
    <Choice
      type="checkbox"
      isChosen={isCovered || purposes.includes(purpose)}
      isDisabled={isCovered}
      choose={choose}
      label={names[purpose]}
      note={isCovered ? grant.purposeIncluded : undefined}
    />
  );
}
