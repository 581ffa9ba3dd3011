import { type Client, connect, type ConnectParams } from "@consentry/sdk";
import type { Signer } from "../../suite.js";
import { connection, ethers, fixtures, type World } from "../setup.js";

type Answer = (method: string, params: unknown[], honest: () => Promise<unknown>) => Promise<unknown>;

/** A client of the patient through a node that can be made to lag behind the chain, or to answer something else. */
export interface Lagging extends World {
  client: Client;
  patient: string;
  grantee: string;
  question: { patient: string; grantee: string; categories: ["LABS"]; purpose: "TREAT" };
  /** From now on the node has no block above this one; undefined: it has them all. */
  stopAt: (block: number | undefined) => void;
  answer: (answer: Answer | undefined) => void;
  /** What was asked: the methods. */
  asked: string[];
}

const isAbove = (tag: unknown, head: number) => typeof tag === "string" && tag.startsWith("0x") && Number(tag) > head;

/** The chain as a node knows it that has no block above `head`. */
async function lagging(method: string, params: unknown[], head: number): Promise<unknown> {
  const ask = (changed: unknown[]) => connection.provider.request({ method, params: changed });
  const number = `0x${head.toString(16)}`;
  if (method === "eth_getBlockByNumber") {
    if (isAbove(params[0], head)) return null;
    return ask([String(params[0]).startsWith("0x") ? params[0] : number, false]);
  }
  if (method === "eth_call") {
    const tag = params[1];
    if (isAbove(tag, head)) throw Object.assign(new Error("header not found"), { code: -32000 });
    if (typeof tag !== "object" || tag === null) return ask([params[0], tag === "latest" ? number : tag]);
    const { blockHash } = tag as { blockHash: string };
    const block = (await connection.provider.request({
      method: "eth_getBlockByHash",
      params: [blockHash, false],
    })) as { number: string } | null;
    if (block === null || Number(block.number) > head) {
      throw Object.assign(new Error("header for hash not found"), { code: -32000 });
    }
    return ask(params);
  }
  return ask(params);
}

/** A provider whose node can be made to lag; `wallet`: it is one after EIP-1193. */
export async function laggingNode(options: Partial<ConnectParams> = {}): Promise<Lagging> {
  const world = await fixtures.accredited();
  const { signers, deployment } = world;
  let head: number | undefined;
  let told: Answer | undefined;
  const asked: string[] = [];
  const send = (method: string, params: unknown[] = []): Promise<unknown> => {
    asked.push(method);
    const honest = () =>
      head === undefined ? connection.provider.request({ method, params }) : lagging(method, params, head);
    return told === undefined ? honest() : told(method, params, honest);
  };
  const [patient, grantee] = [signers.patient.address, signers.clinic.address];
  const runner = signerThrough(signers.patient, send);
  const client = await connect({ runner, deployment, patience: 300, ...options });
  return {
    ...world,
    client,
    patient,
    grantee,
    question: { patient, grantee, categories: ["LABS"], purpose: "TREAT" },
    stopAt: (block) => (head = block),
    answer: (answer) => (told = answer),
    asked,
  };
}

/** The signer, over a provider that asks with `send`. */
function signerThrough(signer: Signer, send: (method: string, params: unknown[]) => Promise<unknown>): Signer {
  const provider = new Proxy(ethers.provider, {
    get: (target, name) => (name === "send" ? send : (Reflect.get(target, name) as unknown)),
  });
  return new Proxy(signer, {
    get(target, name) {
      if (name === "provider") return provider;
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
}
