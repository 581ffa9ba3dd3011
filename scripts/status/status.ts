/** Makes every check, side by side. */
import { reasonOf } from "./ask.js";
import { announced } from "./checks/announced.js";
import { clock } from "./checks/clock.js";
import { deployment } from "./checks/deployment.js";
import { gas } from "./checks/gas.js";
import { lastHour } from "./checks/lastHour.js";
import { nodes } from "./checks/nodes.js";
import { providers } from "./checks/providers.js";
import { relayer } from "./checks/relayer.js";
import { validators } from "./checks/validators.js";
import { lookAt } from "./look.js";
import type { ChainLook, Check, Finding, Look, Report, Sample, Settings } from "./types.js";

/** In the order in which they are told: what asks the chain, and around it what needs none. */
const FIRST: readonly Check<Look>[] = [nodes];
const OF_CHAIN: readonly Check<ChainLook>[] = [clock, validators, gas, deployment, announced, providers, lastHour];
const LAST: readonly Check<Look>[] = [relayer];

/** Makes a check; it does not fail. */
export type Attempt = <Seen extends Look>(check: Check<Seen>, look: Seen) => Promise<Report>;

export async function statusOf(settings: Settings, make: Attempt = attempt): Promise<Report> {
  const look = await lookAt(settings);
  const made = [
    ...FIRST.map((check) => make(check, look)),
    ...("main" in look ? OF_CHAIN.map((check) => make(check, look)) : []),
    ...LAST.map((check) => make(check, look)),
  ];
  const reports = await Promise.all(made);
  const findings = reports.flatMap((report) => report.findings).sort(bySeverity);
  const samples = reports.flatMap((report) => report.samples);
  return { facts: reports.flatMap(({ facts }) => facts), findings, samples: [...samples, ...countsOf(findings)] };
}

/** What can't be checked is not taken to be in order. */
export const attempt: Attempt = async (check, look) => {
  try {
    return await check.run(look);
  } catch (error) {
    const sentence = `Could not look at ${check.name} (${reasonOf(error)}): try again, and look at the node if it stays so.`;
    return { facts: [[check.name, "not known"]], findings: [{ severity: "critical", sentence }], samples: [] };
  }
};

function bySeverity(one: Finding, other: Finding): number {
  return one.severity.localeCompare(other.severity);
}

function countsOf(findings: readonly Finding[]): Sample[] {
  return (["critical", "warning"] as const).map((severity) => {
    const value = findings.filter((finding) => finding.severity === severity).length;
    return { metric: "consentry_findings", value, labels: { severity } };
  });
}
