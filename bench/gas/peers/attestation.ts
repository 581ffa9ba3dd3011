import { AbiCoder, ZeroHash } from "ethers";
import { END } from "../terms.js";

export type AttestationData = ReturnType<typeof consentTo>;

/** What is attested about a grantee: the terms in one word, until the same end as ours. */
export function consentTo(recipient: string, terms: bigint) {
  return {
    recipient,
    expirationTime: END,
    revocable: true,
    refUID: ZeroHash,
    data: AbiCoder.defaultAbiCoder().encode(["uint256"], [terms]),
    value: 0,
  };
}
