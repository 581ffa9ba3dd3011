import type { Request } from "./types.js";

/** The way past ethers' cache in an AbstractProvider that is no JsonRpcApiProvider. */
export interface Performer {
  _perform(request: never): Promise<unknown>;
}

type Translate = (params: readonly unknown[]) => object;

/** What ethers calls the requests that are made here. */
const translations: Readonly<Record<string, Translate>> = {
  eth_chainId: () => ({ method: "chainId" }),
  eth_call: ([transaction, blockTag]) => ({ method: "call", transaction, blockTag }),
  eth_estimateGas: ([transaction]) => ({ method: "estimateGas", transaction }),
  eth_getBlockByNumber: ([blockTag, includeTransactions]) => ({ method: "getBlock", blockTag, includeTransactions }),
  eth_getCode: ([address, blockTag]) => ({ method: "getCode", address, blockTag }),
  eth_getLogs: ([filter]) => ({ method: "getLogs", filter }),
  eth_getTransactionByHash: ([hash]) => ({ method: "getTransaction", hash }),
  eth_getTransactionCount: ([address, blockTag]) => ({ method: "getTransactionCount", address, blockTag }),
  eth_getTransactionReceipt: ([hash]) => ({ method: "getTransactionReceipt", hash }),
  eth_sendRawTransaction: ([signedTransaction]) => ({ method: "broadcastTransaction", signedTransaction }),
};

/** Requests through `_perform`, the last step of an ethers provider before the node. */
export function performRequest(performer: Performer): Request {
  const request = async (method: string, params: readonly unknown[]): Promise<unknown> => {
    const translate = translations[method];
    if (translate === undefined) throw new TypeError(`No translation for ${method}.`);
    return performer._perform(translate(params) as never);
  };
  return Object.assign(request, { numbersOnly: true });
}
