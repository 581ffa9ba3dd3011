import { ZeroAddress } from "ethers";
import { actionsFromBits } from "../codes/actions.js";
import { categoriesFromBits } from "../codes/categories.js";
import { purposesFromBits } from "../codes/purposes.js";
import type { Action, Category, Purpose } from "../codes/types.js";
import type { Context } from "../context.js";
import { type Decision, describeOutcome } from "../decisions/decision.js";
import { NO_ID } from "../scopes/ids.js";
import type { RawLog } from "../transport/types.js";
import { ANY_PROVIDER } from "../values/address.js";
import { type DecodedLog, decodeLogs, type EventPosition } from "../writes/events.js";

/** One access, permitted or refused, as it was logged. */
export interface Access extends Decision, EventPosition {
  type: "Accessed";
  /** Undefined if the record was unknown or erased. */
  patient: string | undefined;
  /** In whose name it was asked. */
  grantee: string;
  /** Undefined for an access by category. */
  record: string | undefined;
  /** What was asked for; of a record, all its categories at that time. */
  categories: Category[];
  /** Undefined if it was asked outside of any programme. */
  programme: string | undefined;
  /** Undefined if more or less than one was asked for, which the contract refuses. */
  purpose: Purpose | undefined;
  /** Undefined if more or less than one was asked for, which the contract refuses. */
  action: Action | undefined;
  /** Who asked: the grantee itself or its member. */
  by: string;
}

interface Args {
  patient: string;
  grantee: string;
  record: string;
  access: bigint;
  programme: string;
  scope: string;
  by: string;
}

/** The accesses in some logs: the one place that knows how the event is packed. */
export function accesses({ audit, deployment }: Context, logs: readonly RawLog[]): Access[] {
  return decodeLogs(audit.interface, deployment.contracts.AuditLog.address, logs).flatMap(describe);
}

function describe({ name, args, position }: DecodedLog): Access[] {
  if (name !== "Accessed") return [];
  const { patient, grantee, record, access, programme, scope, by } = args as unknown as Args;
  const { categories, purpose, action, decision, anyProvider } = unpackAccess(access);
  return [
    {
      type: name,
      ...position,
      ...describeOutcome({ decision, scope, holder: holderOf(scope, anyProvider, grantee) }),
      patient: patient === ZeroAddress ? undefined : patient,
      grantee,
      record: record === NO_ID ? undefined : record,
      categories: known(categoriesFromBits, categories),
      programme: programme === NO_ID ? undefined : programme,
      purpose: only(known(purposesFromBits, purpose)),
      action: only(known(actionsFromBits, action)),
      by,
    },
  ];
}

/** From the lowest bit: categories 64, purpose 32, action 8, decision 8, any provider 1: contracts/types/Access.sol. */
function unpackAccess(word: bigint) {
  return {
    categories: word & 0xffffffffffffffffn,
    purpose: (word >> 64n) & 0xffffffffn,
    action: (word >> 96n) & 0xffn,
    decision: (word >> 104n) & 0xffn,
    anyProvider: ((word >> 112n) & 1n) === 1n,
  };
}

/** The word that decided, if one did, was the grantee's own or ANY_PROVIDER's. */
function holderOf(scope: string, anyProvider: boolean, grantee: string): string {
  if (scope === NO_ID) return ZeroAddress;
  return anyProvider ? ANY_PROVIDER : grantee;
}

/** Anybody may ask anything: what makes no sense is logged, too, and refused; it must not hide the rest of the log. */
function known<Name>(names: (bits: bigint) => Name[], bits: bigint): Name[] {
  try {
    return names(bits);
  } catch {
    return [];
  }
}

function only<Name>(names: readonly Name[]): Name | undefined {
  return names.length === 1 ? names[0] : undefined;
}
