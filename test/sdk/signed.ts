import type { ContractTransactionResponse } from "ethers";
import { ethers, type World } from "./setup.js";

const REVOCATIONS = {
  Revocations: [
    { name: "patient", type: "address" },
    { name: "revocations", type: "Revocation[]" },
    { name: "issuedAt", type: "uint48" },
  ],
  Revocation: [
    { name: "grantee", type: "address" },
    { name: "scope", type: "bytes32" },
  ],
};

/** A stranger delivers a refusal that the patient signed, stamped as if at `issuedAt`. */
export async function deliverRefusal(
  { consents, signers: { patient, stranger } }: World,
  revocation: { grantee: string; scope: string },
  issuedAt: number,
): Promise<ContractTransactionResponse> {
  const { chainId } = await ethers.provider.getNetwork();
  const domain = { name: "Consentry", version: "1", chainId, verifyingContract: await consents.getAddress() };
  const revocations = [revocation];
  const message = { patient: patient.address, revocations, issuedAt };
  const signature = await patient.signTypedData(domain, REVOCATIONS, message);
  const signed = { issuedAt, signer: patient.address, signature };
  return consents.connect(stranger).revokeBySig(patient.address, revocations, signed);
}
