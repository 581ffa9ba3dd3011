import { useTexts } from "../texts/TextsProvider.js";

/** Something is being read. */
export function Busy({ what }: { what?: string | undefined }) {
  const { common } = useTexts();
  return (
    <p className="busy" role="status">
      <span className="spinner" aria-hidden="true" /> {what ?? common.loading}
    </p>
  );
}
