export { NothingToAnnounceError, NotReadyError } from "../errors/governance.js";
export { type GovernanceActions, governanceOf } from "./actions.js";
export type { AnnounceResult } from "./announce.js";
export type { Announced } from "./announced.js";
export type { DescribedCall } from "./calls.js";
export type {
  CapabilitiesChanged,
  CredentialChanged,
  EntryChanged,
  GovernanceEvent,
  IdentifierMoved,
  OperationEnded,
  OwnKeySwitched,
  RoleGranted,
  RoleRevoked,
} from "./events.js";
export type { Governed } from "./governed.js";
export type { GrantRoleParams } from "./grantRole.js";
export type { ProviderIdentifier } from "./identifier.js";
export type { MoveIdentifierParams } from "./moveIdentifier.js";
export type { PublishCredentialParams } from "./publishCredential.js";
export type { RestoreOwnKeyParams } from "./restoreOwnKey.js";
export type { RevokeRoleParams } from "./revokeRole.js";
export type { GovernanceRole } from "./roles.js";
export type { SetCapabilitiesParams } from "./setCapabilities.js";
export type { SetEmergencyParams } from "./setEmergency.js";
export type { SetEntryParams } from "./setEntry.js";
export type { SetIdentifierParams } from "./setIdentifier.js";
export type { SetOwnKeyParams } from "./setOwnKey.js";
