import { toAddress } from "../../values/address.js";
import type { DataReference, ParsedConsent, ReviewIssue, Rule } from "../consent/types.js";
import { isGroup } from "../evaluation/bind.js";
import { recordIn } from "../evaluation/records.js";
import { toRecordId } from "../../scopes/ids.js";
import type { Names } from "../references.js";
import type { ExpandedGroup, ImportOptions } from "./types.js";

/** What the names in documents stand for on the chain. */
export interface Resolved {
  patient: string | undefined;
  /** By the recipient as it stands in its rule. */
  grantees: ReadonlyMap<Names, string>;
  groups: ReadonlyMap<Names, ExpandedGroup>;
  /** By the reference; those that are no record on the chain are missing. */
  records: ReadonlyMap<DataReference, string>;
  issues: ReviewIssue[];
}

const DID = /^did:pkh:eip155:(\d+):(0x[0-9a-f]{40})$/;

/** Looks up everything that documents name; what is not found needs review. */
export async function resolve(consents: readonly ParsedConsent[], options: ImportOptions): Promise<Resolved> {
  const grantees = new Map<Names, string>();
  const groups = new Map<Names, ExpandedGroup>();
  const records = new Map<DataReference, string>();
  const issues: ReviewIssue[] = [];
  const rules = consents.flatMap(({ root }) => (root === undefined ? [] : rulesIn(root)));
  for (const { bounds, data } of rules) {
    const { recipients } = bounds;
    for (const names of recipients?.known ?? []) {
      const found = isGroup(names) ? await expand(names, options) : await granteeOf(names, options);
      if (typeof found === "string") grantees.set(names, found);
      else if (found !== undefined) groups.set(names, found);
      else issues.push({ ...where(recipients), reason: `Nobody told whom it names: ${names.join(", ")}.` });
    }
    for (const reference of data?.references ?? []) {
      const record = await recordOf(reference, options);
      if (record !== undefined) records.set(reference, record);
    }
  }
  const patients = await patientsOf(consents, options, issues);
  return { patient: patients[0], grantees, groups, records, issues };
}

/** A rule and all under it. */
export function rulesIn(rule: Rule): Rule[] {
  return [rule, ...rule.children.flatMap(rulesIn)];
}

function where(recipients: Rule["bounds"]["recipients"]): Pick<ReviewIssue, "consent" | "path"> {
  return recipients?.at ?? { consent: "", path: "" };
}

/** The address in a name on this chain. */
function addressIn(names: Names, chainId: bigint | number): string | undefined {
  const parts = names.map((name) => DID.exec(name)).find((found) => found?.[1] === String(chainId));
  const found = parts?.[2];
  return found === undefined ? undefined : toAddress(found, "did:pkh");
}

async function granteeOf(names: Names, { chainId, granteeOf }: ImportOptions): Promise<string | undefined> {
  const found = addressIn(names, chainId) ?? (await granteeOf?.(names));
  return found === undefined ? undefined : toAddress(found, "granteeOf()");
}

async function expand(names: Names, { membersOf }: ImportOptions): Promise<ExpandedGroup | undefined> {
  const found = await membersOf?.(names);
  if (found === undefined) return undefined;
  const members = found.members.map((member, i) => toAddress(member, `membersOf().members[${i}]`));
  return { names, version: found.version, members };
}

async function recordOf(reference: DataReference, { recordOf }: ImportOptions): Promise<string | undefined> {
  if (reference.meaning !== "instance") return undefined;
  const named = reference.names.map(recordIn).find((id) => id !== undefined);
  const found = named ?? (await recordOf?.(reference.names));
  return found === undefined ? undefined : toRecordId(found);
}

/** One patient, or nobody can tell. */
async function patientsOf(
  consents: readonly ParsedConsent[],
  { chainId, patientOf }: ImportOptions,
  issues: ReviewIssue[],
): Promise<string[]> {
  const found = new Set<string>();
  for (const { name, patient } of consents) {
    const address = patient === undefined ? undefined : (addressIn(patient, chainId) ?? (await patientOf?.(patient)));
    if (address !== undefined) found.add(toAddress(address, "patientOf()"));
    else issues.push({ consent: name, path: "Consent.patient", reason: "Nobody told the patient's address." });
    if (found.size > 1) issues.push({ consent: name, path: "Consent.patient", reason: "It is of another patient." });
  }
  return [...found];
}
