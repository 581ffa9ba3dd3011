/** The metrics, and how Prometheus reads them: https://prometheus.io/docs/instrumenting/exposition_formats/ */
import type { Sample } from "./types.js";

/** All of them are gauges. No label names a person: providers and validators stand there by their public addresses. */
export const METRICS = {
  consentry_findings: "What is not as it should be, by severity.",
  consentry_node_up: "Whether the node answers and is on the right chain.",
  consentry_node_height: "The number of the newest block of the node.",
  consentry_node_lag_blocks: "How many blocks the node is behind the one that has most.",
  consentry_node_agrees: "Whether the node has the same block as the others at the height that all have.",
  consentry_node_peers: "To how many nodes the node is connected, where it tells.",
  consentry_block_age_seconds: "This machine's clock minus the time of the newest block: below 0 that is ahead.",
  consentry_block_interval_seconds: "Time between blocks, over the newest of them.",
  consentry_gas_used_ratio: "Share of the gas limit that the newest blocks used.",
  consentry_validators: "How many validators the newest block names, where the node tells.",
  consentry_validator_up: "Whether the validator made one of the newest blocks.",
  consentry_deployment_differences: "In how many ways contracts and roles differ from record and repository.",
  consentry_announced: "How many decisions were announced and can still be called off.",
  consentry_providers: "Providers of the directory, by their state.",
  consentry_provider_expiry_timestamp_seconds:
    "When the accreditation of a provider ends that is neither suspended nor revoked.",
  consentry_break_glass: "How often a provider broke the glass within an hour.",
  consentry_break_glass_left: "How often that provider still can.",
  consentry_withdrawal_delay_seconds: "The longest time from a withdrawal's stamp to its block within an hour.",
  consentry_relayer_ready: "Whether the relayer says that it delivers.",
} as const;

export type MetricName = keyof typeof METRICS;

/** The text that Prometheus reads; what a metric means stands there also where it has no value. */
export function exposition(samples: readonly Sample[]): string {
  const lines = Object.entries(METRICS).flatMap(([name, help]) => [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} gauge`,
    ...samples.filter(({ metric }) => metric === name).map(lineOf),
  ]);
  return `${lines.join("\n")}\n`;
}

function lineOf({ metric, value, labels = {} }: Sample): string {
  const pairs = Object.entries(labels).map(([name, text]) => `${name}="${escaped(text)}"`);
  return `${metric}${pairs.length === 0 ? "" : `{${pairs.join(",")}}`} ${value}`;
}

function escaped(text: string): string {
  return text.replace(/[\\"]/g, "\\$&").replaceAll("\n", "\\n");
}
