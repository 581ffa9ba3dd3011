export { MalformedResourceError } from "../errors/fhir.js";
export { type Labels, labelsOf } from "./labelsOf.js";
