import { type JsonRpcPayload, JsonRpcProvider, type JsonRpcResult } from "ethers";

/** So many blocks is the node behind that answers some of the messages. */
const LAG = 1;
/** The share of such answers. */
const SHARE = 0.3;

/** A balancer before two nodes, as a client sees it: some messages are answered by one that is a block behind. */
export class Lagging extends JsonRpcProvider {
  override async _send(payload: JsonRpcPayload | JsonRpcPayload[]): Promise<JsonRpcResult[]> {
    if (Math.random() >= SHARE) return super._send(payload);
    const payloads = [payload].flat();
    const head = (await this.#numberOf("eth_getBlockByNumber", "latest")) - LAG;
    const asked = await Promise.all(payloads.map((each) => this.#isAbove(each, head)));
    const known = payloads.filter((_, i) => !asked[i]).map((each) => behind(each, head));
    const answers = known.length === 0 ? [] : await super._send(known);
    const missing = payloads.filter((_, i) => asked[i]).map(({ id, method }) => notFound(id, method));
    return [...answers, ...missing] as JsonRpcResult[];
  }

  /** Whether a block is asked for that the node does not have. */
  async #isAbove({ params }: JsonRpcPayload, head: number): Promise<boolean> {
    for (const param of params as unknown[]) {
      if (typeof param === "string" && /^0x[0-9a-f]{1,12}$/.test(param) && Number(param) > head) return true;
      const { blockHash } = (param ?? {}) as { blockHash?: string };
      if (blockHash !== undefined && (await this.#numberOf("eth_getBlockByHash", blockHash)) > head) return true;
    }
    return false;
  }

  async #numberOf(method: string, block: string): Promise<number> {
    const [answer] = await super._send({ id: 1, jsonrpc: "2.0", method, params: [block, false] });
    return Number((answer as { result: { number: string } }).result.number);
  }
}

function behind(payload: JsonRpcPayload, head: number): JsonRpcPayload {
  const params = (payload.params as unknown[]).map((param) => (param === "latest" ? `0x${head.toString(16)}` : param));
  return { ...payload, params };
}

function notFound(id: number, method: string): object {
  if (method === "eth_getBlockByNumber") return { id, result: null };
  return { id, error: { code: -32000, message: "header not found" } };
}
