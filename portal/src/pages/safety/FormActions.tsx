import { useTexts } from "../../texts/TextsProvider.js";

interface FormActionsProps {
  /** What the button says that submits the form. */
  submit: string;
  onCancel: () => void;
  isDisabled?: boolean;
}

/** The end of a form: to go on, or to leave it. */
export function FormActions({ submit, onCancel, isDisabled = false }: FormActionsProps) {
  const { common } = useTexts();
  return (
    <div className="actions">
      <button type="submit" className="primary" disabled={isDisabled}>
        {submit}
      </button>
      <button type="button" onClick={onCancel}>
        {common.cancel}
      </button>
    </div>
  );
}
