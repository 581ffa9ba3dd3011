export { lookupOf, type Lookup } from "./lookup.js";
export type { ListProvidersParams } from "./providers.js";
export type { SpokenFor } from "./patients.js";
