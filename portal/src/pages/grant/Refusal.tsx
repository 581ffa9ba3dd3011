import { useTexts } from "../../texts/TextsProvider.js";

/** Not to answer is to refuse: what that means, and the request is forgotten. */
export function Refusal({ forget, back }: { forget: () => void; back: () => void }) {
  const { common, grant } = useTexts();
  const { request } = grant;
  return (
    <div className="notice" role="status">
      <p>{request.refusal}</p>
      <p>{request.refusalKeeps}</p>
      <div className="actions">
        <button type="button" className="primary" onClick={forget}>
          {request.forget}
        </button>
        <button type="button" onClick={back}>
          {common.back}
        </button>
      </div>
    </div>
  );
}
