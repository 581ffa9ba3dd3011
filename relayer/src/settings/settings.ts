import { readFileSync } from "node:fs";
import { ConsentryError, type Deployment, parseDeployment } from "@consentry/sdk";
import { USUAL_PRICING } from "../delivery/price.js";
import { SettingError } from "../errors/operation.js";
import { USUAL_REQUESTS } from "../http/limits.js";
import { type Budget, USUAL_BUDGETS } from "../queue/counter.js";
import { type GasBudget, USUAL_GAS } from "../queue/gas.js";
import type { RelayerParams } from "../startRelayer.js";
import { setting } from "./setting.js";
import { networksOf, numberOr, originsOf, requiredText } from "./values.js";

const MOST = 1_000_000;
const MOST_GAS = 1_000_000_000_000;

/** The settings of the environment; throws {@link SettingError} that names the one that is wrong. */
export function settings(): Omit<RelayerParams, "runner"> {
  const { others, withdrawals } = USUAL_BUDGETS;
  return {
    deployment: deploymentOf(),
    database: setting("RELAYER_DATABASE") ?? "relayer.sqlite",
    origins: originsOf("RELAYER_ORIGINS"),
    host: setting("RELAYER_HOST"),
    port: numberOr(8788, "RELAYER_PORT", 0, 65_535),
    trustedProxies: networksOf("RELAYER_TRUSTED_PROXIES"),
    maxGas: BigInt(numberOr(5_000_000, "RELAYER_MAX_GAS", 21_000, 1_000_000_000)),
    budgets: {
      others: budgetOf(others, "RELAYER_STATEMENTS_PER_HOUR", "RELAYER_STATEMENTS_PER_DAY"),
      withdrawals: budgetOf(withdrawals, "RELAYER_WITHDRAWALS_PER_HOUR", "RELAYER_WITHDRAWALS_PER_DAY"),
    },
    gas: gasOf(),
    pricing: {
      ceiling: BigInt(numberOr(500, "RELAYER_MAX_FEE_GWEI", 1, MOST)) * 1_000_000_000n,
      raiseAfter: numberOr(USUAL_PRICING.raiseAfter, "RELAYER_RAISE_AFTER_SECONDS", 1, MOST),
    },
    requests: {
      statements: numberOr(USUAL_REQUESTS.statements, "RELAYER_POSTS_PER_MINUTE", 1, MOST),
      reads: numberOr(USUAL_REQUESTS.reads, "RELAYER_READS_PER_MINUTE", 1, MOST),
    },
    retentionDays: numberOr(30, "RELAYER_RETENTION_DAYS", 1, 3_650),
  };
}

/** The URL of the node; throws {@link SettingError}. */
export function nodeOf(): string {
  const url = requiredText("RELAYER_RPC_URL", "the http(s) URL of a node");
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url;
  throw new SettingError("RELAYER_RPC_URL", "the http(s) URL of a node");
}

type Name = Parameters<typeof setting>[0];

function budgetOf({ hour, day }: Budget, perHour: Name, perDay: Name): Budget {
  return { hour: numberOr(hour, perHour, 1, MOST), day: numberOr(day, perDay, 1, MOST) };
}

/** A tenth is for withdrawals, and a tenth for each address, if nothing else is said. */
function gasOf(): GasBudget {
  const day = numberOr(Number(USUAL_GAS.day), "RELAYER_GAS_PER_DAY", 1, MOST_GAS);
  const reserve = numberOr(Math.floor(day / 10), "RELAYER_GAS_RESERVE", 0, day);
  const share = numberOr(Math.ceil(day / 10), "RELAYER_GAS_SHARE", 1, day);
  return { day: BigInt(day), reserve: BigInt(reserve), share: BigInt(share) };
}

function deploymentOf(): Deployment | undefined {
  const path = setting("RELAYER_DEPLOYMENT");
  if (path === undefined) return undefined;
  try {
    return parseDeployment(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    if (error instanceof ConsentryError) throw error;
    throw new SettingError("RELAYER_DEPLOYMENT", "the path of a deployment.json");
  }
}
