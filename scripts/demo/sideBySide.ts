import { isSensitivity, type ListedConsent } from "@consentry/sdk";
import type { Coding, Consent, ConsentProvision } from "fhir/r4.js";

const WIDTHS = [12, 40] as const;

/** The terms on the chain next to the rule in the document, a row each; `nameOf` knows addresses. */
export function sideBySide(
  { grantee, terms, scope }: ListedConsent,
  { provision = {} }: Consent,
  nameOf: (address: string) => string,
): string[] {
  if (terms === undefined) throw new Error("A refusal has no terms.");
  const { categories, purposes, actions, until, conditional } = terms;
  const kinds = categories.filter((category) => !isSensitivity(category));
  const rows: [label: string, chain: string, document: string][] = [
    ["", "on the chain", "in the FHIR Consent"],
    ["scope", scope.kind === "purpose" ? `the family ${scope.family}` : scope.kind, `provision.type ${provision.type}`],
    ["grantee", nameOf(grantee), `actor ${nameOf(actorIn(provision))}`],
    ["categories", kinds.join(", "), `class ${codes(provision.class)}`],
    ["sensitive", categories.slice(kinds.length).join(", ") || "none", `provision[0] ${withheldIn(provision)}`],
    ["purposes", purposes.join(", "), `purpose ${codes(provision.purpose)}`],
    ["actions", actions.join(", "), `action ${codes(provision.action?.flatMap(({ coding }) => coding ?? []))}`],
    ["until", until === "until-revoked" ? until : `before ${short(until)}`, `period.end ${provision.period?.end}`],
    ["conditional", conditional ? "the document narrows it" : "no", `dataPeriod ${periodIn(provision)}`],
  ];
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(WIDTHS[i] ?? 0))
      .join(" ")
      .trimEnd(),
  );
}

function actorIn({ actor = [] }: ConsentProvision): string {
  return actor[0]?.reference.identifier?.value?.split(":").at(-1) ?? "nobody";
}

function withheldIn({ provision = [] }: ConsentProvision): string {
  return provision.map(({ type, securityLabel = [] }) => `${type}: ${securityLabel.length} labels`).join(", ");
}

function periodIn({ dataPeriod }: ConsentProvision): string {
  return dataPeriod === undefined ? "–" : `${dataPeriod.start ?? ""} to ${dataPeriod.end ?? "any time"}`;
}

function codes(codings: readonly Coding[] = []): string {
  return codings.map(({ code }) => code).join(", ");
}

function short(date: Date): string {
  return date.toISOString().replace(":00.000Z", "Z");
}
