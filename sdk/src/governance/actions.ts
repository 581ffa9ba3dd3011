import { type Client, contextOfClient } from "../client.js";
import {
  appointAccreditor,
  type AppointAccreditorParams,
  appointAccreditorRequest,
} from "../providers/appointAccreditor.js";
import type { AccreditorAppointed, ProviderEvent, StandingChanged } from "../providers/events.js";
import type { Context } from "../context.js";
import { reinstate, type ReinstateProviderParams, reinstateRequest } from "../providers/reinstate.js";
import type { ReadOptions } from "../reads/options.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { bind, bindWrite, type Write } from "../writes/action.js";
import type { WriteResult } from "../writes/send.js";
import { announce, announceRequest, type AnnounceResult } from "./announce.js";
import { announced, type Announced } from "./announced.js";
import { cancel, cancelRequest } from "./cancel.js";
import type {
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
import { execute, executeRequest } from "./execute.js";
import { bindGoverned, type Governed } from "./governed.js";
import { grantRole, type GrantRoleParams, grantRoleRequest } from "./grantRole.js";
import { moveIdentifier, type MoveIdentifierParams, moveIdentifierRequest } from "./moveIdentifier.js";
import { publishCredential, type PublishCredentialParams, publishCredentialRequest } from "./publishCredential.js";
import { restoreOwnKey, type RestoreOwnKeyParams, restoreOwnKeyRequest } from "./restoreOwnKey.js";
import { revokeRole, type RevokeRoleParams, revokeRoleRequest } from "./revokeRole.js";
import { setCapabilities, type SetCapabilitiesParams, setCapabilitiesRequest } from "./setCapabilities.js";
import { setEmergency, type SetEmergencyParams, setEmergencyRequest } from "./setEmergency.js";
import { setEntry, type SetEntryParams, setEntryRequest } from "./setEntry.js";
import { setIdentifier, type SetIdentifierParams, setIdentifierRequest } from "./setIdentifier.js";
import { setOwnKey, type SetOwnKeyParams, setOwnKeyRequest } from "./setOwnKey.js";

/**
 * `governanceOf(client)` of `@consentry/sdk/governance`: what the consortium announces and does, and what accreditors and
 * providers state in the directory.
 *
 * What waits is announced by its `announce`, and done with the same parameters, or by `execute`, once the delay is over. For a
 * multi-signature wallet `request` builds each transaction, as in `setEmergency.announce.request({ provider, capable: true })`.
 */
export interface GovernanceActions {
  /**
   * Lists what is announced and was neither done nor called off, by whomever.
   *
   * @throws InvalidParameterError, InvalidDateError; NetworkError, TimeoutError, ReorganisedError
   */
  announced: (options?: ReadOptions) => Promise<Announced[]>;
  /**
   * Announces any call that waits, where no action here does it.
   *
   * @throws NothingToAnnounceError, AccessManagerUnauthorizedCallError, AccessManagerAlreadyScheduledError, NoSignerError
   */
  announce: Write<UnsignedTransaction, AnnounceResult>;
  /**
   * Does what was announced, by its id. By whoever announced it.
   *
   * @throws AccessManagerNotScheduledError, NotReadyError, AccessManagerExpiredError, AccessManagerUnauthorizedCallError
   */
  execute: Write<string, WriteResult<GovernanceEvent | ProviderEvent>>;
  /**
   * Calls off what was announced, by its id, at once. By whoever announced it, or an administrator.
   *
   * @throws AccessManagerNotScheduledError, AccessManagerUnauthorizedCancelError, NoSignerError
   */
  cancel: Write<string, WriteResult<OperationEnded>>;
  /**
   * Gives an account a role, or another delay in it. By an administrator.
   *
   * @throws NotReadyError, AccessManagerNotScheduledError, AccessManagerUnauthorizedAccountError, NoSignerError
   */
  grantRole: Governed<GrantRoleParams, WriteResult<RoleGranted>>;
  /**
   * Takes a role from an account. By an administrator.
   *
   * @throws NotReadyError, AccessManagerNotScheduledError, AccessManagerUnauthorizedAccountError, NoSignerError
   */
  revokeRole: Governed<RevokeRoleParams, WriteResult<RoleRevoked>>;
  /**
   * Puts an account behind an accreditor id, as `client.providers.appointAccreditor`. By the consortium.
   *
   * @throws NotReadyError, AccessManagerNotScheduledError, AccessManagedUnauthorizedError, AccountInUseError
   */
  appointAccreditor: Governed<AppointAccreditorParams, WriteResult<AccreditorAppointed>>;
  /**
   * Makes a suspended or revoked provider active again, as `client.providers.reinstate`. By the consortium.
   *
   * @throws NotReadyError, AccessManagerNotScheduledError, AccessManagedUnauthorizedError, AlreadyActiveError
   */
  reinstate: Governed<ReinstateProviderParams, WriteResult<StandingChanged>>;
  /**
   * Gives a provider the capability to break the glass, or takes it. By the consortium.
   *
   * @throws NotReadyError, AccessManagerNotScheduledError, AccessManagedUnauthorizedError, ProviderUnknownError
   */
  setEmergency: Governed<SetEmergencyParams, WriteResult<CapabilitiesChanged>>;
  /**
   * Switches an organization's own key on again, when no member is left that could. By the consortium.
   *
   * @throws NotReadyError, AccessManagerNotScheduledError, AccessManagedUnauthorizedError, ProviderUnknownError
   */
  restoreOwnKey: Governed<RestoreOwnKeyParams, WriteResult<OwnKeySwitched>>;
  /**
   * Moves an identifier to another provider, or takes it away. By the consortium.
   *
   * @throws NotReadyError, AccessManagerNotScheduledError, AccessManagedUnauthorizedError, IdentifierUnknownError
   */
  moveIdentifier: Governed<MoveIdentifierParams, WriteResult<IdentifierMoved>>;
  /**
   * Sets the capabilities of a provider but `emergency`. By its accreditor.
   *
   * @throws NotAccreditorOfError, ProviderUnknownError, InvalidCapabilitiesError, NoSignerError
   */
  setCapabilities: Write<SetCapabilitiesParams, WriteResult<CapabilitiesChanged>>;
  /**
   * Gives a provider without an identifier one that nobody has. By its accreditor.
   *
   * @throws NotAccreditorOfError, ProviderUnknownError, IdentifierInUseError, IdentifierExistsError
   */
  setIdentifier: Write<SetIdentifierParams, WriteResult<IdentifierMoved>>;
  /**
   * Publishes the hash of a provider's credential. By its accreditor.
   *
   * @throws NotAccreditorOfError, ProviderUnknownError, InvalidParameterError, NoSignerError
   */
  publishCredential: Write<PublishCredentialParams, WriteResult<CredentialChanged>>;
  /**
   * Replaces a provider's name and endpoint. By the provider, a member that manages, or its accreditor.
   *
   * @throws NotActingForError, ProviderUnknownError, ProviderNotActiveError, InvalidParameterError
   */
  setEntry: Write<SetEntryParams, WriteResult<EntryChanged>>;
  /**
   * Switches an organization's own key off or on. By a member that manages.
   *
   * @throws NotByOwnKeyError, NotActingForError, ProviderUnknownError, ProviderNotActiveError
   */
  setOwnKey: Write<SetOwnKeyParams, WriteResult<OwnKeySwitched>>;
}

/**
 * What the consortium, accreditors and providers do in the directory, bound to a client.
 *
 * @param client what `connect` returned
 * @throws InvalidParameterError for anything else
 * @example
 * import { governanceOf } from "@consentry/sdk/governance";
 *
 * const governance = governanceOf(consentry);
 * const { readyAt } = await governance.reinstate.announce({ provider });
 * console.log(`To be done from ${readyAt.toISOString()} on`);
 * await governance.reinstate({ provider }); // then; NotReadyError before
 */
export function governanceOf(client: Client): GovernanceActions {
  const context = contextOfClient(client);
  const governed = <Params, Result>(...both: Both<Params, Result>) => bindGoverned(context, ...both);
  const write = <Params, Result>(...both: Both<Params, Result>) => bindWrite(context, ...both);
  return {
    announced: bind(context, announced),
    announce: write(announce, announceRequest),
    execute: write(execute, executeRequest),
    cancel: write(cancel, cancelRequest),
    grantRole: governed(grantRole, grantRoleRequest),
    revokeRole: governed(revokeRole, revokeRoleRequest),
    appointAccreditor: governed(appointAccreditor, appointAccreditorRequest),
    reinstate: governed(reinstate, reinstateRequest),
    setEmergency: governed(setEmergency, setEmergencyRequest),
    restoreOwnKey: governed(restoreOwnKey, restoreOwnKeyRequest),
    moveIdentifier: governed(moveIdentifier, moveIdentifierRequest),
    setCapabilities: write(setCapabilities, setCapabilitiesRequest),
    setIdentifier: write(setIdentifier, setIdentifierRequest),
    publishCredential: write(publishCredential, publishCredentialRequest),
    setEntry: write(setEntry, setEntryRequest),
    setOwnKey: write(setOwnKey, setOwnKeyRequest),
  };
}

type Both<Params, Result> = [
  write: (context: Context, params: Params) => Promise<Result>,
  request: (context: Context, params: Params) => Promise<UnsignedTransaction>,
];
