/** Who should govern a chain in earnest: an account that several have to agree to use. */
import type { Chain } from "./chain.js";
import { DEVELOPMENT_CHAIN } from "./settings.js";

/** How the code of an account begins that one key has delegated (EIP-7702), and can delegate elsewhere. */
const DELEGATION = "0xef0100";

/**
 * Whether one key alone governs where that is not meant: on any chain but a development one, unless ALLOW_SINGLE_KEY says so.
 *
 * @param consortium its address
 */
export async function isUnwantedKey(chain: Chain, chainId: number, consortium: string): Promise<boolean> {
  if (chainId === DEVELOPMENT_CHAIN || process.env.ALLOW_SINGLE_KEY === "true") return false;
  const code = await chain.codeAt(consortium);
  return code === "0x" || code.toLowerCase().startsWith(DELEGATION);
}
