import { Signature } from "ethers";
import { pack } from "../../../test/contracts/words.js";
import { type Chain, SIGNER } from "../chain.js";
import type { Figures } from "../operations.js";
import { END, usual, wider } from "../terms.js";

const TYPES = {
  Permit: [
    { name: "owner", type: "address" },
    { name: "spender", type: "address" },
    { name: "value", type: "uint256" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
};

/** An allowance: one word for one spender, directly or signed (ERC-2612). */
export async function measureErc20Permit(chain: Chain): Promise<Figures> {
  const { patient, clinic, relayer } = chain.suite.signers;
  const token = await chain.connection.ethers.deployContract("PeerERC20Permit");
  const own = token.connect(patient);
  const [, name, version, chainId, verifyingContract] = await token.eip712Domain();
  const domain = { name, version, chainId, verifyingContract };
  const permit = async (value: bigint, nonce: number) => {
    const message = { owner: SIGNER.address, spender: clinic.address, value, nonce, deadline: END };
    const { v, r, s } = Signature.from(await SIGNER.signTypedData(domain, TYPES, message));
    return token.connect(relayer).permit(SIGNER.address, clinic, value, END, v, r, s);
  };
  return {
    grant: await chain.gasOf(() => own.approve(clinic, pack(usual))),
    replace: await chain.gasOf(() => own.approve(clinic, pack(wider))),
    decide: await chain.executionOf(await token.allowance.populateTransaction(patient, clinic)),
    revoke: await chain.gasOf(() => own.approve(clinic, 0)),
    grantBySigNew: await chain.gasOf(() => permit(pack(usual), 0)),
    grantBySigReplacing: await chain.gasOf(() => permit(pack(wider), 1)),
  };
}
