/** Who asked for what: from the node's index of logs by the SDK, and from the receipts of all blocks. */
import { ZeroAddress } from "ethers";
import { decisionOf } from "../../../sdk/src/decisions/names.js";
import { NO_ID } from "../../../sdk/src/scopes/ids.js";
import { type Check, compare, type Found } from "../check.js";
import { eventsOf } from "../contracts.js";
import type { Source } from "./source.js";

interface Args {
  patient: string;
  grantee: string;
  record: string;
  access: bigint;
  by: string;
}

export async function checkAccesses(source: Source): Promise<Check> {
  const claim = "The audit trail from the node's index is that of the receipts.";
  return compare(claim, await byIndex(source), byReceipts(source));
}

async function byIndex({ client }: Source): Promise<Found> {
  const entries = await client.audit.history();
  const rows = entries.map(({ transaction, time, patient, grantee, record, decision, by }) => {
    return { transaction, time, patient, grantee, record, decision, by };
  });
  return numbered(rows);
}

function byReceipts({ walked, deployment }: Source): Found {
  const told = eventsOf(walked, deployment, "AuditLog").filter(({ name }) => name === "Accessed");
  const rows = told.map(({ transaction, block, args }) => {
    const { patient, grantee, record, access, by } = args as unknown as Args;
    return {
      transaction,
      time: new Date(block.timestamp * 1000),
      patient: patient === ZeroAddress ? undefined : patient,
      grantee,
      record: record === NO_ID ? undefined : record,
      // contracts/types/Access.sol
      decision: decisionOf((access >> 104n) & 0xffn),
      by,
    };
  });
  return numbered(rows);
}

function numbered(rows: readonly unknown[]): Found {
  return new Map(rows.map((row, i) => [`access ${i + 1}`, row]));
}
