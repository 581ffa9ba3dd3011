import { useTexts } from "../../texts/TextsProvider.js";
import { ErrorNote } from "../../ui/ErrorNote.js";
import { useRequestProblem } from "./useRequestProblem.js";

interface RequestProblemProps {
  error: unknown;
  forget: () => void;
  retry: () => void;
}

/** Why a request is not shown: nothing of what it says is repeated. */
export function RequestProblem({ error, forget, retry }: RequestProblemProps) {
  const { grant } = useTexts();
  const { request } = grant;
  const problem = useRequestProblem()(error);
  if (problem === undefined) return <ErrorNote error={error} retry={retry} />;
  return (
    <div className="notice notice-error" role="alert">
      <p>
        <strong>{problem}</strong>
      </p>
      <p>{request.problemHint}</p>
      <button type="button" onClick={forget}>
        {request.forget}
      </button>
    </div>
  );
}
