import { passkey } from "../../../test/contracts/control/passkey.js";
import { Chain } from "../chain.js";
import type { Figures } from "../operations.js";
import { grantees, usual } from "../terms.js";
import { granting } from "./signed.js";

/** A passkey's first consent, on this chain without the P-256 precompile and on another one with it. */
export async function measurePasskeys(chain: Chain): Promise<Figures> {
  return {
    grantByPasskey: await measurePasskey(await Chain.create("osaka")),
    grantByPasskeyNoPrecompile: await measurePasskey(chain),
  };
}

async function measurePasskey(chain: Chain): Promise<number> {
  const verifier = await chain.connection.ethers.deployContract("ERC7913WebAuthnVerifier");
  const phone = passkey(await verifier.getAddress());
  return chain.gasOf(await granting(chain, phone, grantees("passkey grantee", 1), usual));
}
