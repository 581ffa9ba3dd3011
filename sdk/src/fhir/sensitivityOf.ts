import { findCategory, isPlainLabel, isSensitivity } from "../codes/categories.js";
import type { Category, Coding } from "../codes/types.js";
import { arrayAt, codingAt, codingsAt, type Json, objectAt, textAt } from "./elements.js";

const CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";

/**
 * How sensitive a resource is by its own security labels, none of which is ever ignored.
 *
 * Sources: hl7.org/fhir/R4/security-labels.html (`meta.security`), documentreference.html (`securityLabel`),
 * composition.html (`confidentiality`).
 *
 * @param resource the resource
 * @param type its resourceType
 * @param path where it stands, for errors
 * @returns sensitivities; OTHER_SENSITIVE for a label that the table does not hold
 */
export function sensitivityOf(resource: Json, type: string, path: string): Category[] {
  return sensitivitiesIn(labelsIn(resource, type, path));
}

/** The sensitivities that labels stand for; OTHER_SENSITIVE for one that the table does not hold. */
export function sensitivitiesIn(labels: readonly Coding[]): Category[] {
  return labels.filter((label) => !isPlainLabel(label)).map(sensitivityOfLabel);
}

/** The security labels of a resource itself, as they stand there. */
export function labelsIn(resource: Json, type: string, path: string): Coding[] {
  return [...metaLabels(resource, path), ...ownLabels(resource, type, path)];
}

function metaLabels({ meta }: Json, path: string): Coding[] {
  if (meta === undefined) return [];
  const at = `${path}.meta.security`;
  return arrayAt(objectAt(meta, `${path}.meta`)["security"], at).map((label, i) => codingAt(label, `${at}[${i}]`));
}

function ownLabels(resource: Json, type: string, path: string): Coding[] {
  if (type === "DocumentReference") return documentLabels(resource, path);
  if (type !== "Composition" || resource["confidentiality"] === undefined) return [];
  return [{ system: CONFIDENTIALITY, code: textAt(resource["confidentiality"], `${path}.confidentiality`) }];
}

/** A label in words only is a label all the same: it counts as one that the table does not hold. */
function documentLabels({ securityLabel }: Json, path: string): Coding[] {
  const at = `${path}.securityLabel`;
  return arrayAt(securityLabel, at).flatMap((concept, i) => {
    const codings = codingsAt(concept ?? null, `${at}[${i}]`);
    return codings.length > 0 ? codings : [{ system: "", code: "" }];
  });
}

function sensitivityOfLabel(label: Coding): Category {
  const category = findCategory(label);
  return category !== undefined && isSensitivity(category) ? category : "OTHER_SENSITIVE";
}
