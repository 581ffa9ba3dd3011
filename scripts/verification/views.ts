import type { Interface, Result } from "ethers";
import type { Chain } from "../deployment/chain.js";

/** What a view of a contract answers. */
export async function read(
  chain: Chain,
  address: string,
  views: Interface,
  name: string,
  args: readonly unknown[] = [],
): Promise<Result> {
  return views.decodeFunctionResult(name, await chain.call(address, views.encodeFunctionData(name, [...args])));
}
