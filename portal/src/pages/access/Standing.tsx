import { useDirectory } from "../../chain/queries.js";
import { useTexts } from "../../texts/TextsProvider.js";

/** What a provider is, and whether the directory counts it as active: if not, its consents are of no use to it. */
export function Standing({ grantee }: { grantee: string }) {
  const { access } = useTexts();
  const { data: directory } = useDirectory();
  if (directory === undefined) return null;
  const entry = directory.get(grantee);
  if (entry === undefined) return <span className="badge badge-warning">{access.standing.unlisted}</span>;
  const standing = entry.active ? "active" : entry.standing === "active" ? "ended" : entry.standing;
  return (
    <>
      <span className="muted">{access.kinds[entry.kind]}</span>
      <span className={entry.active ? "badge badge-good" : "badge badge-bad"}>{access.standing[standing]}</span>
    </>
  );
}
