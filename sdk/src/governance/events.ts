import { ZeroAddress, ZeroHash } from "ethers";
import type { Context } from "../context.js";
import { type ProviderEvent, providerEvents } from "../providers/events.js";
import { abilitiesFromBits, type Capability } from "../providers/names.js";
import type { RawLog } from "../transport/types.js";
import { type DecodedLog, decodeLogs, type EventPosition } from "../writes/events.js";
import { directoryInterface, managerInterface } from "./contracts.js";
import { type GovernanceRole, roleOf } from "./roles.js";

/** A provider has other capabilities. */
export interface CapabilitiesChanged extends EventPosition {
  type: "CapabilitiesChanged";
  provider: string;
  capabilities: Capability[];
}

/** Another credential of a provider is published. */
export interface CredentialChanged extends EventPosition {
  type: "CredentialChanged";
  provider: string;
  /** 32 bytes as hex; undefined: there is none any more. */
  hash: string | undefined;
}

/** A provider describes itself in other words. */
export interface EntryChanged extends EventPosition {
  type: "EntryChanged";
  provider: string;
  name: string;
  /** Empty if it has none. */
  endpoint: string;
}

/** Another provider has an identifier. */
export interface IdentifierMoved extends EventPosition {
  type: "IdentifierMoved";
  /** Hash of the identifier. */
  identifier: string;
  /** Undefined: nobody had it. */
  from: string | undefined;
  /** Undefined: nobody has it any more. */
  to: string | undefined;
}

/** Whether an organization's own key acts for it. */
export interface OwnKeySwitched extends EventPosition {
  type: "OwnKeySwitched";
  organization: string;
  off: boolean;
  by: string;
}

/** An account holds a role, or holds it with another delay. */
export interface RoleGranted extends EventPosition {
  type: "RoleGranted";
  /** Undefined for one that the project does not have. */
  role: GovernanceRole | undefined;
  roleId: bigint;
  account: string;
  /** Seconds between announcing and doing. */
  delay: number;
  /** From when on, also of a delay that is shorter than before. */
  since: Date;
}

/** An account does not hold a role any more. */
export interface RoleRevoked extends EventPosition {
  type: "RoleRevoked";
  /** Undefined for one that the project does not have. */
  role: GovernanceRole | undefined;
  roleId: bigint;
  account: string;
}

/** What was announced was done, or called off. */
export interface OperationEnded extends EventPosition {
  type: "OperationExecuted" | "OperationCanceled";
  id: string;
}

/** An event about who governs and what the directory has; `type` tells which. */
export type GovernanceEvent =
  | CapabilitiesChanged
  | CredentialChanged
  | EntryChanged
  | IdentifierMoved
  | OwnKeySwitched
  | RoleGranted
  | RoleRevoked
  | OperationEnded;

interface Args {
  provider: string;
  capabilities: bigint;
  credentialHash: string;
  name: string;
  endpoint: string;
  identifier: string;
  from: string;
  to: string;
  organization: string;
  off: boolean;
  by: string;
  roleId: bigint;
  account: string;
  delay: bigint;
  since: bigint;
  operationId: string;
}

/** The events of one type in some logs. */
export function eventsOf<Type extends GovernanceEvent["type"]>(
  context: Context,
  logs: readonly RawLog[],
  type: Type,
): Extract<GovernanceEvent, { type: Type }>[] {
  return governanceEvents(context, logs).filter(
    (event): event is Extract<GovernanceEvent, { type: Type }> => event.type === type,
  );
}

/** All that some logs tell of directory and roles, in order. */
export function allEvents(context: Context, logs: readonly RawLog[]): (GovernanceEvent | ProviderEvent)[] {
  const events = [...governanceEvents(context, logs), ...providerEvents(context, logs)];
  return events.sort((a, b) => a.logIndex - b.logIndex);
}

function governanceEvents({ deployment: { contracts } }: Context, logs: readonly RawLog[]): GovernanceEvent[] {
  return [
    ...decodeLogs(directoryInterface, contracts.ProviderRegistry.address, logs).flatMap(inDirectory),
    ...decodeLogs(managerInterface, contracts.AccessManager.address, logs).flatMap(ofManager),
  ];
}

function inDirectory({ name: type, args, position }: DecodedLog): GovernanceEvent[] {
  const { provider, organization, off, by, name, endpoint, ...rest } = args as unknown as Args;
  switch (type) {
    case "CapabilitiesChanged": {
      const capabilities = abilitiesFromBits(rest.capabilities) as Capability[];
      return [{ type, ...position, provider, capabilities }];
    }
    case "CredentialChanged":
      return [{ type, ...position, provider, hash: unless(ZeroHash, rest.credentialHash) }];
    case "EntryChanged":
      return [{ type, ...position, provider, name, endpoint }];
    case "IdentifierMoved": {
      const parties = { from: unless(ZeroAddress, rest.from), to: unless(ZeroAddress, rest.to) };
      return [{ type, ...position, identifier: rest.identifier, ...parties }];
    }
    case "OwnKeySwitched":
      return [{ type, ...position, organization, off, by }];
    default:
      return [];
  }
}

function ofManager({ name: type, args, position }: DecodedLog): GovernanceEvent[] {
  const { operationId, roleId, account, delay, since } = args as unknown as Args;
  switch (type) {
    case "RoleGranted": {
      const times = { delay: Number(delay), since: new Date(Number(since) * 1000) };
      return [{ type, ...position, role: roleOf(roleId), roleId, account, ...times }];
    }
    case "RoleRevoked":
      return [{ type, ...position, role: roleOf(roleId), roleId, account }];
    case "OperationExecuted":
    case "OperationCanceled":
      return [{ type, ...position, id: operationId }];
    default:
      return [];
  }
}

function unless(none: string, value: string): string | undefined {
  return value === none ? undefined : value;
}
