/** What the status of a network goes by: its record, its node, and what .env names besides. */
import "dotenv/config";
import { join } from "node:path";
import { OperatorError } from "../deployment/errors.js";
import { deploymentsFolder } from "../deployment/settings.js";
import { readOthers, readRecord } from "../verification/record.js";
import type { NodeAddress, Settings } from "./types.js";

/** @throws OperatorError if the network has no node, or no deployment */
export async function settingsOf(network: string): Promise<Settings> {
  const url = await urlOf(network);
  const folder = deploymentsFolder();
  const record = readRecord(join(folder, network, "deployment.json"));
  const more = (process.env.STATUS_NODES ?? "").split(",").map((each) => each.trim());
  const urls = [url, ...more.filter((each) => each !== "")];
  const relayer = process.env.STATUS_RELAYER;
  return {
    record,
    others: readOthers(folder, record),
    nodes: named([...new Set(urls)]),
    relayer: relayer === "" ? undefined : relayer,
  };
}

/** As hardhat.config.ts has it. Hardhat is loaded only for what may be in its keystore. */
async function urlOf(network: string): Promise<string> {
  const { NETWORK_NAME = "", RPC_URL = "" } = process.env;
  const named = NETWORK_NAME === "" ? "production" : NETWORK_NAME;
  if (network === named && RPC_URL !== "") return RPC_URL;
  const { default: hre } = await import("hardhat");
  const config = hre.config.networks[network];
  if (config?.type === "http") return config.url.getUrl();
  throw new OperatorError(`There is no node of a network ${network}: use localhost, or NETWORK_NAME of .env.`);
}

/** Several of one host are told apart by their number. */
function named(urls: readonly string[]): NodeAddress[] {
  const hosts = urls.map(hostOf);
  return urls.map((url, i) => {
    const earlier = hosts.slice(0, i).filter((host) => host === hosts[i]).length;
    return { url, name: `${hosts[i] ?? ""}${earlier === 0 ? "" : `#${earlier + 1}`}` };
  });
}

function hostOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed !== undefined && /^https?:$/.test(parsed.protocol)) return parsed.host;
  throw new OperatorError("RPC_URL or STATUS_NODES names something else than http(s) URLs: correct it in .env.");
}
