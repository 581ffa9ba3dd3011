import { ShadowedByRefusalError } from "@consentry/sdk";
import { useCodeNames, useTexts } from "../../texts/TextsProvider.js";
import { ErrorNote } from "../../ui/ErrorNote.js";
import { useNameOf } from "../../ui/Party.js";
import { useRequestProblem } from "./useRequestProblem.js";

interface AllowProblemProps {
  error: unknown;
  /** Allows it all the same, over the older refusals. */
  clear: () => void;
}

/** Why something can't be allowed; an older refusal in its way can be cleared. */
export function AllowProblem({ error, clear }: AllowProblemProps) {
  const { grant } = useTexts();
  const { purposes } = useCodeNames();
  const nameOf = useNameOf();
  const problem = useRequestProblem()(error);
  if (error === undefined) return null;
  if (problem !== undefined) {
    return (
      <p className="notice notice-error" role="alert">
        {problem}
      </p>
    );
  }
  if (!(error instanceof ShadowedByRefusalError)) return <ErrorNote error={error} />;
  const { shadowed } = grant;
  return (
    <div className="notice notice-warning" role="alert">
      <p>{shadowed.intro(nameOf(error.grantee))}</p>
      <ul>
        {error.scopes.map((scope) => (
          <li key={scope.id}>{scope.kind === "purpose" ? purposes[scope.family] : scope.id}</li>
        ))}
      </ul>
      <p>{shadowed.choice}</p>
      <button type="button" onClick={clear}>
        {shadowed.clear}
      </button>
    </div>
  );
}
