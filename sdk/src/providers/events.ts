import { ZeroHash } from "ethers";
import type { Context } from "../context.js";
import type { RawLog } from "../transport/types.js";
import { type End, endOf } from "../values/dates.js";
import { type DecodedLog, decodeLogs, type EventPosition } from "../writes/events.js";
import { abilitiesFromBits, type Ability, type Capability, KINDS, type ProviderKind } from "./names.js";

interface AboutProvider extends EventPosition {
  provider: string;
}

/** The directory lists a provider. */
export interface ProviderRegistered extends AboutProvider {
  type: "ProviderRegistered";
  /** The id of the accreditor. */
  accreditor: number;
  kind: ProviderKind;
  capabilities: Capability[];
  until: End;
  name: string;
  endpoint: string;
}

/** The end of an accreditation was moved. */
export interface ProviderRenewed extends AboutProvider {
  type: "ProviderRenewed";
  until: End;
}

/** A provider's standing changed. */
export interface StandingChanged extends AboutProvider {
  type: "ProviderSuspended" | "ProviderRevoked" | "ProviderReinstated";
}

/** Records are encrypted for another key of the provider. */
export interface EncryptionKeyChanged extends AboutProvider {
  type: "EncryptionKeyChanged";
  /** 32 bytes as hex; undefined: there is none any more. */
  key: string | undefined;
  by: string;
}

/** Another account stands behind an accreditor id; zero: nobody does. */
export interface AccreditorAppointed extends EventPosition {
  type: "AccreditorAppointed";
  accreditor: number;
  account: string;
}

/** What a member may do for an organization from now on; no abilities: nothing. */
export interface MemberChanged extends EventPosition {
  type: "MemberChanged";
  organization: string;
  member: string;
  abilities: Ability[];
  until: End;
  by: string;
}

/** An event about the directory of providers; `type` tells which. */
export type ProviderEvent =
  ProviderRegistered | ProviderRenewed | StandingChanged | EncryptionKeyChanged | AccreditorAppointed | MemberChanged;

interface Args {
  provider: string;
  accreditor: bigint;
  account: string;
  kind: bigint;
  capabilities: bigint;
  expiresAt: bigint;
  name: string;
  endpoint: string;
  organization: string;
  member: string;
  abilities: bigint;
  until: bigint;
  by: string;
  key: string;
}

/** The events of the directory in some logs, as far as an action of the SDK causes them. */
export function providerEvents({ providers, deployment }: Context, logs: readonly RawLog[]): ProviderEvent[] {
  return decodeLogs(providers.interface, deployment.contracts.ProviderRegistry.address, logs).flatMap(describe);
}

function describe({ name: type, args, position }: DecodedLog): ProviderEvent[] {
  const { provider, ...rest } = args as unknown as Args;
  switch (type) {
    case "ProviderRegistered":
      return [{ type, ...position, provider, ...registrationOf(rest) }];
    case "ProviderRenewed":
      return [{ type, ...position, provider, until: endOf(rest.expiresAt) }];
    case "ProviderSuspended":
    case "ProviderRevoked":
    case "ProviderReinstated":
      return [{ type, ...position, provider }];
    case "EncryptionKeyChanged":
      return [{ type, ...position, provider, key: rest.key === ZeroHash ? undefined : rest.key, by: rest.by }];
    case "AccreditorAppointed":
      return [{ type, ...position, accreditor: Number(rest.accreditor), account: rest.account }];
    case "MemberChanged":
      return [{ type, ...position, ...membershipOf(rest) }];
    default:
      return [];
  }
}

function registrationOf({ accreditor, kind, capabilities, expiresAt, name, endpoint }: Omit<Args, "provider">) {
  return {
    accreditor: Number(accreditor),
    kind: KINDS[Number(kind)] ?? "organization",
    capabilities: abilitiesFromBits(capabilities) as Capability[],
    until: endOf(expiresAt),
    name,
    endpoint,
  };
}

function membershipOf({ organization, member, abilities, until, by }: Omit<Args, "provider">) {
  return { organization, member, abilities: abilitiesFromBits(abilities), until: endOf(until), by };
}
