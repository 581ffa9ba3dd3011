import { useTexts } from "../texts/TextsProvider.js";
import { tellError } from "../texts/tellError.js";

/** Why something went wrong, and what to do. */
export function ErrorNote({ error, retry }: { error: unknown; retry?: (() => void) | undefined }) {
  const texts = useTexts();
  const { message, hint } = tellError(error, texts);
  return (
    <div className="notice notice-error" role="alert">
      <p>
        <strong>{message}</strong>
      </p>
      {hint !== undefined && <p>{hint}</p>}
      {retry !== undefined && (
        <button type="button" onClick={retry}>
          {texts.common.tryAgain}
        </button>
      )}
    </div>
  );
}
