import { arrayAt, objectAt, textAt } from "../elements.js";
import { compare, type Names, ownNames, referenceAt } from "../references.js";
import type { Unit } from "./units.js";

/** Elements in which a resource names the patient whose data they are. */
const ELEMENTS = ["subject", "patient", "beneficiary", "for", "individual"] as const;

/** Where a resource may name several patients, with others who are none: hl7.org/fhir/R4. */
const MEMBERS: ReadonlyMap<string, readonly [list: string, reference: string]> = new Map([
  ["Appointment", ["participant", "actor"]],
  ["Group", ["member", "entity"]],
  ["Person", ["link", "target"]],
]);

/** The name of a type of resources. */
const TYPE = /^[A-Z][A-Za-z]*$/;
/** A name that tells its type. */
const TYPED = /(?:^|\/)([A-Z][A-Za-z]*)\/[^/|#]+$/;

/** Whether a resource is, as far as it says, of the patient, and of nobody else. */
export function isOfPatient(unit: Unit, patient: Names): boolean {
  const { resource, type, path } = unit;
  if (type === "Patient") return isSame(ownNames(resource, type, path), patient);
  const isOfSubject = ELEMENTS.every((element) => {
    const value = resource[element];
    if (value === undefined) return true;
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    return list.every((each) => isSame(referenceAt(each, `${path}.${element}`), patient));
  });
  return isOfSubject && membersOf(unit).every(([value, at]) => isNoOther(value, at, patient));
}

function membersOf({ resource, type, path }: Unit): [reference: unknown, path: string][] {
  const [list, element] = MEMBERS.get(type) ?? [];
  if (list === undefined || element === undefined) return [];
  return arrayAt(resource[list], `${path}.${list}`).flatMap((each, i) => {
    const at = `${path}.${list}[${i}]`;
    const reference = objectAt(each, at)[element];
    return reference === undefined ? [] : [[reference, `${at}.${element}`]];
  });
}

/** Of what does not tell its type nobody knows that it is no patient. */
function isNoOther(reference: unknown, path: string, patient: Names): boolean {
  const names = referenceAt(reference, path);
  const type = textAt(objectAt(reference, path)["type"], `${path}.type`);
  const types = [type.slice(type.lastIndexOf("/") + 1), ...names.map((name) => TYPED.exec(name)?.[1] ?? "")].filter(
    (each) => each !== "",
  );
  const isAnotherType = types.length > 0 && types.every((each) => TYPE.test(each) && each !== "Patient");
  return isAnotherType || isSame(names, patient);
}

function isSame(names: Names, patient: Names): boolean {
  return compare(names, patient) === "same";
}
