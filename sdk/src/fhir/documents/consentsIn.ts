import { MalformedResourceError } from "../../errors/fhir.js";
import { listAt, objectAt } from "../elements.js";

/** The Consents of a document: itself, or the entries of a Bundle, which has nothing else. */
export function consentsIn(document: unknown): object[] {
  const { resourceType, entry } = objectAt(document, "document");
  if (resourceType === "Consent") return [document as object];
  if (resourceType !== "Bundle") throw new MalformedResourceError("document.resourceType", "Consent or Bundle");
  const consents = (listAt(entry, "Bundle.entry") ?? []).map((each, i) => {
    const { resource } = objectAt(each, `Bundle.entry[${i}]`);
    const path = `Bundle.entry[${i}].resource`;
    const consent = objectAt(resource, path);
    if (consent["resourceType"] !== "Consent") throw new MalformedResourceError(`${path}.resourceType`, "Consent");
    return consent;
  });
  if (consents.length === 0) throw new MalformedResourceError("Bundle.entry", "at least one Consent");
  return consents;
}
