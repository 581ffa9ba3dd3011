import type { Client } from "@consentry/sdk";
import type { Deployment } from "../../sdk/src/deployments/types.js";
import type { DeploymentRecord } from "../deployment/records.js";
import type { Ask } from "./ask.js";
import type { MetricName } from "./metrics.js";

/** What is not as it should be: one sentence that says what to do. */
export interface Finding {
  /** Critical: somebody should look now. */
  severity: "critical" | "warning";
  sentence: string;
}

/** One value of a metric. */
export interface Sample {
  metric: MetricName;
  value: number;
  labels?: Record<string, string>;
}

/** What a check tells: people in words, Prometheus in numbers. */
export interface Report {
  facts: readonly (readonly [about: string, text: string])[];
  findings: readonly Finding[];
  samples: readonly Sample[];
}

/** Whom to ask about what. */
export interface Settings {
  record: DeploymentRecord;
  /** The deployments of the chain that it comes after, and those that come after it. */
  others?: readonly Deployment[] | undefined;
  /** The network's own first. */
  nodes: readonly NodeAddress[];
  /** Where the relayer answers; undefined if none is watched. */
  relayer?: string | undefined;
}

export interface NodeAddress {
  /** Its host: the rest of a URL may hold a password. */
  name: string;
  url: string;
}

export interface Block {
  number: number;
  hash: string;
  /** Unix seconds. */
  timestamp: number;
  gasUsed: number;
  gasLimit: number;
}

/** A node that answers. */
export interface LiveNode extends NodeAddress {
  chainId: number;
  /** Its newest block. */
  head: Block;
  /** Undefined if it does not tell. */
  peers: number | undefined;
  ask: Ask;
}

/** A node that does not. */
export interface DeadNode extends NodeAddress {
  /** Why, as far as it is known. */
  silent: string;
}

/** The nodes as they answered. */
export interface Look {
  settings: Settings;
  /** Unix seconds of this machine. */
  now: number;
  nodes: readonly (LiveNode | DeadNode)[];
}

/** The same, where one of them is on the right chain. */
export interface ChainLook extends Look {
  /** The node that has most of the chain: all that follows is asked of it. */
  main: LiveNode;
  /** The newest blocks, oldest first, without the first of the chain. */
  recent: readonly Block[];
  /** Connects to the deployment, once. */
  client: () => Promise<Client>;
}

export interface Check<Seen extends Look> {
  /** What is said of it if it can't be made. */
  name: string;
  /** For how many seconds its report holds while metrics are served; 0: it is made each time. */
  holds: number;
  run: (look: Seen) => Promise<Report> | Report;
}
