import { compare, type Names, ownNames, referenceAt } from "../references.js";
import type { Unit } from "./units.js";

/** Elements in which a resource names the patient whose data they are. */
const ELEMENTS = ["subject", "patient", "beneficiary", "for", "individual"] as const;

/** Whether a resource is, as far as it says, of the patient. */
export function isOfPatient({ resource, type, path }: Unit, patient: Names): boolean {
  if (type === "Patient") return isSame(ownNames(resource, type, path), patient);
  return ELEMENTS.every((element) => {
    const value = resource[element];
    if (value === undefined) return true;
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    return list.every((each) => isSame(referenceAt(each, `${path}.${element}`), patient));
  });
}

function isSame(names: Names, patient: Names): boolean {
  return compare(names, patient) === "same";
}
