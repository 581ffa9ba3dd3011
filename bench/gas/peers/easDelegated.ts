import { type BaseContract, Signature, type TypedDataDomain } from "ethers";
import { pack } from "../../../test/contracts/words.js";
import { type Chain, SIGNER } from "../chain.js";
import type { Figures } from "../operations.js";
import { END, grantees, usual, wider } from "../terms.js";
import { send } from "./artifacts.js";
import { type AttestationData, consentTo } from "./attestation.js";

const TYPES = {
  Attest: [
    { name: "attester", type: "address" },
    { name: "schema", type: "bytes32" },
    { name: "recipient", type: "address" },
    { name: "expirationTime", type: "uint64" },
    { name: "revocable", type: "bool" },
    { name: "refUID", type: "bytes32" },
    { name: "data", type: "bytes" },
    { name: "value", type: "uint256" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint64" },
  ],
};

/** Attestations signed by the patient and delivered by another. A batch carries a signature for each of its attestations. */
export async function measureDelegated(chain: Chain, eas: BaseContract, schema: string): Promise<Figures> {
  const { clinic, relayer } = chain.suite.signers;
  const domain = await domainOf(eas);
  const sign = (data: AttestationData, nonce: number) => signatureOf(domain, schema, data, nonce);
  const common = { schema, attester: SIGNER.address, deadline: END };
  const deliver = (terms: bigint, nonce: number) => async () => {
    const data = consentTo(clinic.address, terms);
    return send(eas, relayer, "attestByDelegation", { ...common, data, signature: await sign(data, nonce) });
  };
  const ten = grantees("signed grantee", 10).map((grantee) => consentTo(grantee, pack(usual)));
  const deliverTen = async () => {
    const signatures = await Promise.all(ten.map((data, i) => sign(data, 2 + i)));
    return send(eas, relayer, "multiAttestByDelegation", [{ ...common, data: ten, signatures }]);
  };
  return {
    grantBySigNew: await chain.gasOf(deliver(pack(usual), 0)),
    grantBySigReplacing: await chain.gasOf(deliver(pack(wider), 1)),
    grantBySigBatch10PerItem: (await chain.gasOf(deliverTen)) / 10,
  };
}

async function signatureOf(domain: TypedDataDomain, schema: string, data: AttestationData, nonce: number) {
  const message = { attester: SIGNER.address, schema, ...data, nonce, deadline: END };
  const { v, r, s } = Signature.from(await SIGNER.signTypedData(domain, TYPES, message));
  return { v, r, s };
}

async function domainOf(eas: BaseContract): Promise<TypedDataDomain> {
  const [, name, version, chainId, verifyingContract] = (await eas
    .getFunction("eip712Domain")
    .staticCall()) as unknown as [string, string, string, bigint, string];
  return { name, version, chainId, verifyingContract };
}
