import { useTexts } from "../../texts/TextsProvider.js";
import { AddressField } from "./AddressField.js";

interface AddressListProps {
  accounts: readonly string[];
  onChange: (accounts: readonly string[]) => void;
  problems: readonly (string | undefined)[];
}

const MOST = 20;

/** The addresses of guardians: as many as are wanted, at least one. */
export function AddressList({ accounts, onChange, problems }: AddressListProps) {
  const { safety } = useTexts();
  const { guardians: texts } = safety;
  return (
    <fieldset>
      <legend>{texts.heading}</legend>
      {accounts.map((value, i) => (
        <div key={i} className="field-with-button">
          <AddressField
            label={texts.account(i + 1)}
            value={value}
            problem={problems[i]}
            onChange={(next) => onChange(accounts.with(i, next))}
          />
          {accounts.length > 1 && (
            <button
              type="button"
              className="icon-button"
              aria-label={texts.drop(i + 1)}
              onClick={() => onChange(accounts.toSpliced(i, 1))}
            >
              ✕
            </button>
          )}
        </div>
      ))}
      {accounts.length < MOST && (
        <button type="button" onClick={() => onChange([...accounts, ""])}>
          {texts.add}
        </button>
      )}
    </fieldset>
  );
}
