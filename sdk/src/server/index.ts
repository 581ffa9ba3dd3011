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
