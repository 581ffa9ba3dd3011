/** Brings everything up on this machine, in the order in which it needs each other. */
import { createWriteStream, mkdirSync, writeFileSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import type { AccessRequest } from "@consentry/sdk";
import type { BreakGlassReason } from "@consentry/sdk/emergency";
import { startRelayer } from "@consentry/relayer";
import { servePortal } from "../../portal/server/servePortal.js";
import { ROOT } from "../deployment/settings.js";
import { freePort } from "../ports.js";
import { type LocalChain, startChain } from "./localChain.js";
import { type People, play } from "./story.js";

export interface StartParams {
  /** For what is kept while it runs. */
  folder: string;
  /** 0: any free one. */
  ports: { chain: number; relayer: number; portal: number };
  /** Whether wallets are served that sign with keys of the local chain. */
  wallets?: boolean | undefined;
}

/** All of it, running. */
export interface Started {
  /** Of the page. */
  url: string;
  chainUrl: string;
  relayerUrl: string;
  /** Opens the page with a provider's request to whoever answers it. */
  requestLink: string;
  chain: LocalChain;
  people: People;
  /** Why the hospital broke the glass: what it hands over to the patient and to reviewers. */
  reason: BreakGlassReason;
  close: () => Promise<void>;
}

export async function startAll(params: StartParams): Promise<Started> {
  const closing: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const each of closing.splice(0).reverse()) await each();
  };
  try {
    return { ...(await start(params, closing)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What runs by then, or when it fails, can be closed from the last to the first. */
async function start(
  { folder, ports, wallets = true }: StartParams,
  closing: (() => Promise<void>)[],
): Promise<Omit<Started, "close">> {
  const chain = await startChain(ports.chain);
  closing.push(chain.close);
  const { people, reason } = await play(chain);
  // The relayer must know the page's origin before the page is served.
  const portalPort = ports.portal === 0 ? await freePort() : ports.portal;
  const relayer = await startRelayer({
    runner: chain.account(10),
    deployment: chain.deployment,
    database: join(folder, "relayer.sqlite"),
    origins: [`http://localhost:${portalPort}`],
    port: ports.relayer,
    log: createWriteStream(join(folder, "relayer.log")),
  });
  closing.push(relayer.close);
  const portal = await servePortal({
    folder: join(ROOT, "portal", "dist"),
    config: { rpcUrl: chain.url, relayerUrl: relayer.url, deployment: chain.deployment },
    port: portalPort,
    ...(wallets && { local: await localWallets(folder, people) }),
  });
  closing.push(portal.close);
  const request = await requestOf(people);
  const requestLink = people.clinic.consentry.requests.toLink(request, `${portal.url}/`);
  return { url: portal.url, chainUrl: chain.url, relayerUrl: relayer.url, requestLink, chain, people, reason };
}

/** The wallets of people on the local chain, as files to serve. */
async function localWallets(folder: string, { patient, mother, consortium }: People): Promise<string> {
  const target = join(folder, "local");
  mkdirSync(target, { recursive: true });
  await cp(join(ROOT, "portal", "local"), target, { recursive: true });
  const people = { Patient: patient, Mother: mother, Reviewer: consortium };
  const list = Object.entries(people).map(([name, { address }]) => ({ name, address }));
  writeFileSync(join(target, "people.json"), JSON.stringify(list));
  return target;
}

function requestOf({ clinic }: People): Promise<AccessRequest> {
  return clinic.consentry.requests.create({
    categories: ["LABS", "MEDICATIONS", "ALLERGIES"],
    purposes: ["TREAT"],
    actions: ["access"],
    until: new Date(Date.now() + 90 * 24 * 3600 * 1000).toISOString().slice(0, 10),
    reason: "To prepare your operation",
  });
}
