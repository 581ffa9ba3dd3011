import { labelsOf, resourcesIn } from "@consentry/sdk/fhir";
import { summaries, textsIn } from "./documents.js";
import { perSecond } from "./perSecond.js";

/** Each resource of Synthea's patients and of the patient summaries, by itself. */
export function labelsOfPerSecond(): number {
  const bundles = [...textsIn("synthea-r4"), ...summaries()];
  const parsed = () => bundles.flatMap((text) => resourcesIn(JSON.parse(text) as object));
  return perSecond(parsed, (resources) => {
    for (const resource of resources) labelsOf(resource);
    return resources.length;
  });
}
