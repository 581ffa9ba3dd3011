import type { Context } from "../context.js";
import type { ReadOptions } from "../reads/options.js";
import { bind, bindWrite, type Write } from "../writes/action.js";
import type { WriteResult } from "../writes/send.js";
import { actsFor, type ActsForParams } from "./actsFor.js";
import { appointAccreditor, type AppointAccreditorParams, appointAccreditorRequest } from "./appointAccreditor.js";
import type {
  AccreditorAppointed,
  EncryptionKeyChanged,
  MemberChanged,
  ProviderRegistered,
  ProviderRenewed,
  StandingChanged,
} from "./events.js";
import { get as getProvider, type ListedProvider, type UnlistedProvider } from "./get.js";
import {
  publishEncryptionKey,
  type PublishEncryptionKeyParams,
  publishEncryptionKeyRequest,
} from "./publishEncryptionKey.js";
import {
  register as registerProvider,
  type RegisterProviderParams,
  registerRequest as registerProviderRequest,
} from "./register.js";
import { reinstate, type ReinstateProviderParams, reinstateRequest } from "./reinstate.js";
import { renew, type RenewProviderParams, renewRequest } from "./renew.js";
import {
  revoke as revokeProvider,
  type RevokeProviderParams,
  revokeRequest as revokeProviderRequest,
} from "./revoke.js";
import { setMember, type SetMemberParams, setMemberRequest } from "./setMember.js";
import { suspend, type SuspendProviderParams, suspendRequest } from "./suspend.js";

/** `client.providers`: the directory of providers, their standing and their members. */
export interface ProviderActions {
  /**
   * Lists a provider in the directory, active at once; the event has its entry. By an accreditor.
   *
   * @throws NotAccreditorError, ProviderExistsError, InvalidCapabilitiesError, InvalidExpiryError, NoSignerError
   */
  register: Write<RegisterProviderParams, WriteResult<ProviderRegistered>>;
  /**
   * Moves the end of a provider's accreditation; the event has the new one. By its accreditor.
   *
   * @throws NotAccreditorOfError, ProviderUnknownError, InvalidExpiryError, NoSignerError
   */
  renew: Write<RenewProviderParams, WriteResult<ProviderRenewed>>;
  /**
   * Stops a provider at once, in every decision of the same block. By its accreditor.
   *
   * @throws NotAccreditorOfError, ProviderUnknownError, AlreadySuspendedError, AlreadyRevokedError, NoSignerError
   */
  suspend: Write<SuspendProviderParams, WriteResult<StandingChanged>>;
  /**
   * Stops a provider for good; only the consortium can reinstate it. By its accreditor.
   *
   * @throws NotAccreditorOfError, ProviderUnknownError, AlreadyRevokedError, NoSignerError
   */
  revoke: Write<RevokeProviderParams, WriteResult<StandingChanged>>;
  /**
   * Makes a suspended or revoked provider active again. By the consortium.
   *
   * @throws AccessManagedUnauthorizedError, ProviderUnknownError, AlreadyActiveError, NoSignerError
   */
  reinstate: Write<ReinstateProviderParams, WriteResult<StandingChanged>>;
  /**
   * Puts an account behind an accreditor id, in the place of whoever stood there. By the consortium.
   *
   * @throws AccessManagedUnauthorizedError, AccountInUseError, NoSignerError
   */
  appointAccreditor: Write<AppointAccreditorParams, WriteResult<AccreditorAppointed>>;
  /**
   * Lists a key of an organization with its abilities, or removes it. By the organization or a member that manages.
   *
   * @throws NotActingForError, InvalidMemberError, ProviderUnknownError, InvalidExpiryError, NoSignerError
   */
  setMember: Write<SetMemberParams, WriteResult<MemberChanged>>;
  /**
   * Publishes the key for which records are encrypted for a provider; the event has it. By the provider or a member that
   * manages.
   *
   * @throws NotActingForError, ProviderUnknownError, ProviderNotActiveError, InvalidParameterError, NoSignerError
   */
  publishEncryptionKey: Write<PublishEncryptionKeyParams, WriteResult<EncryptionKeyChanged>>;
  /**
   * Looks a provider up by its address: the entry, or `standing: "unlisted"`.
   *
   * @throws InvalidAddressError
   */
  get: (provider: string, options?: ReadOptions) => Promise<ListedProvider | UnlistedProvider>;
  /**
   * Tells whether a member, or the organization itself, may do something in the organization's name, at the newest block.
   *
   * @throws InvalidAddressError, InvalidParameterError; NetworkError, TimeoutError: take them as a refusal
   */
  actsFor: (params: ActsForParams) => Promise<boolean>;
}

/** The actions of `client.providers`, bound to a context. */
export function providersOf(context: Context): ProviderActions {
  return {
    register: bindWrite(context, registerProvider, registerProviderRequest),
    renew: bindWrite(context, renew, renewRequest),
    suspend: bindWrite(context, suspend, suspendRequest),
    revoke: bindWrite(context, revokeProvider, revokeProviderRequest),
    reinstate: bindWrite(context, reinstate, reinstateRequest),
    appointAccreditor: bindWrite(context, appointAccreditor, appointAccreditorRequest),
    setMember: bindWrite(context, setMember, setMemberRequest),
    publishEncryptionKey: bindWrite(context, publishEncryptionKey, publishEncryptionKeyRequest),
    get: bind(context, getProvider),
    actsFor: bind(context, actsFor),
  };
}
