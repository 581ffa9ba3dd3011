export {
  AlreadyLinkedError,
  ChallengeExpiredError,
  PatientLinkStoreError,
  UnknownChallengeError,
} from "../errors/links.js";
export { AccessRefusedError } from "../errors/server.js";
export {
  consentGuard,
  type ExpressGuard,
  type ExpressRequest,
  type FastifyGuard,
  type FastifyReply,
  type FastifyRequest,
} from "./consentGuard.js";
export { accessOf } from "./guard.js";
export type { Asker, GuardBase, GuardedAccess, GuardOptions, PatientGuard, RecordGuard } from "./types.js";
export { MemoryPatientLinkStore } from "../links/memoryStore.js";
export { PatientLinks, type PatientLinksParams } from "../links/patientLinks.js";
export type { PatientLinkStore } from "../links/store.js";
