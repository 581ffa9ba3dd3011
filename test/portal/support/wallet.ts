import { fileURLToPath } from "node:url";
import type { BrowserContext } from "playwright-core";
import { JsonRpcProvider, type TransactionRequest, type TypedDataDomain, type TypedDataField, Wallet } from "ethers";

/** A wallet in the browser (EIP-6963, EIP-1193) whose key is here, and which really signs. */
export interface InjectedWallet {
  address: string;
  /** What was signed, in order. */
  signed: { primaryType: string; message: Record<string, unknown> }[];
  /** The hashes of the transactions that were sent, in order. */
  sent: string[];
  /** What its user does when asked to sign. */
  answer: "sign" | "reject" | "wait";
  /** The chain that it is on. */
  chainId: number;
}

interface Asked {
  method: string;
  params?: unknown[];
}

interface Payload {
  domain: TypedDataDomain;
  types: Record<string, TypedDataField[]>;
  primaryType: string;
  message: Record<string, unknown>;
}

const REJECTED = { error: { code: 4001, message: "User rejected the request." } };

/** Puts a wallet into every page of a visitor; with the URL of a node it also sends, and reads what it is asked. */
export async function injectWallet(
  context: BrowserContext,
  privateKey: string,
  chainId = 31337,
  rpcUrl?: string,
): Promise<InjectedWallet> {
  const key = new Wallet(privateKey);
  const wallet: InjectedWallet = { address: key.address, signed: [], sent: [], answer: "sign", chainId };
  const node = rpcUrl === undefined ? undefined : nodeOf(context, rpcUrl);
  await context.exposeFunction("walletAsks", async ({ method, params = [] }: Asked): Promise<unknown> => {
    if (method === "eth_requestAccounts" || method === "eth_accounts") return { result: [wallet.address] };
    if (method === "eth_chainId") return { result: `0x${wallet.chainId.toString(16)}` };
    if (method === "wallet_switchEthereumChain") {
      wallet.chainId = Number((params[0] as { chainId: string }).chainId);
      return { result: null, changed: `0x${wallet.chainId.toString(16)}` };
    }
    const isAsked = method === "eth_signTypedData_v4" || method === "eth_sendTransaction";
    if (!isAsked && node !== undefined) return answered(node.send(method, params));
    if (method !== "eth_signTypedData_v4" && node === undefined) return unsupported(method);
    while (wallet.answer === "wait") await new Promise((resolve) => setTimeout(resolve, 50));
    if (wallet.answer === "reject") return REJECTED;
    if (method === "eth_sendTransaction") {
      const { gas, ...transaction } = params[0] as TransactionRequest & { gas: string };
      const sent = key.connect(node!).sendTransaction({ ...transaction, gasLimit: gas });
      return answered(sent.then(({ hash }) => (wallet.sent.push(hash), hash)));
    }
    const { domain, types, primaryType, message } = JSON.parse(params[1] as string) as Payload;
    const own = { ...types };
    delete own["EIP712Domain"];
    wallet.signed.push({ primaryType, message });
    return { result: await key.signTypedData(domain, own, message) };
  });
  await context.addInitScript({ path: fileURLToPath(new URL("announce.js", import.meta.url)) });
  return wallet;
}

function unsupported(method: string): unknown {
  return { error: { code: 4200, message: `Unsupported: ${method}` } };
}

function nodeOf(context: BrowserContext, rpcUrl: string): JsonRpcProvider {
  const node = new JsonRpcProvider(rpcUrl, undefined, { cacheTimeout: -1, staticNetwork: true, batchMaxCount: 1 });
  context.on("close", () => node.destroy());
  return node;
}

/** As a wallet passes on what its node said. */
async function answered(asked: Promise<unknown>): Promise<unknown> {
  try {
    return { result: await asked };
  } catch (error) {
    const { error: inner, info } = error as { error?: object; info?: { error?: object } };
    return { error: inner ?? info?.error ?? { code: -32603, message: String(error) } };
  }
}
