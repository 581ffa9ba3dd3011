import { TypedDataEncoder } from "ethers";
import type { Context } from "../context.js";
import type { Statement, StatementDomain, StatementType, TypedData, TypedFields } from "./types.js";

const GRANT = fields(
  "address grantee,bytes32 scope,uint64 categories,uint32 purposes,uint8 actions,uint48 notBefore,uint48 expiresAt,bool conditional",
);
const REVOCATION = fields("address grantee,bytes32 scope");

/** The EIP-712 types of contracts/libraries/Statements.sol. */
export const STATEMENT_TYPES: Readonly<Record<StatementType, TypedFields>> = {
  Grants: {
    Grants: fields("address patient,Grant[] grants,string statement,bytes32 document,uint48 issuedAt,uint48 deadline"),
    Grant: GRANT,
  },
  Revocations: {
    Revocations: fields("address patient,Revocation[] revocations,uint48 issuedAt"),
    Revocation: REVOCATION,
  },
  RevokeAll: { RevokeAll: fields("address patient,uint48 issuedAt") },
  TransferControl: {
    TransferControl: fields("address patient,address controller,uint48 issuedAt,uint48 deadline"),
  },
  AcceptControl: { AcceptControl: fields("address patient,address controller,uint48 issuedAt,uint48 deadline") },
  CreateDependent: { CreateDependent: fields("address parent,bytes32 salt,uint48 issuedAt,uint48 deadline") },
  AppointRepresentative: {
    AppointRepresentative: fields(
      "address patient,address representative,uint48 since,uint48 until,uint48 issuedAt,uint48 deadline",
    ),
  },
  DismissRepresentative: { DismissRepresentative: fields("address patient,address representative,uint48 issuedAt") },
  SetExclusions: { SetExclusions: fields("address patient,uint64 categories,uint48 issuedAt,uint48 deadline") },
  SetGuardians: {
    SetGuardians: fields("address patient,bytes32 commitment,uint32 delay,uint48 issuedAt,uint48 deadline"),
  },
  ApproveRecovery: {
    ApproveRecovery: fields(
      "address guardian,address patient,address controller,bytes32 commitment,uint48 issuedAt,uint48 deadline",
    ),
  },
  CancelRecovery: { CancelRecovery: fields("address patient,uint48 issuedAt") },
};

/** The domain of a deployment's statements. */
export function domainOf({ deployment }: Context): StatementDomain {
  const { chainId, contracts } = deployment;
  return { name: "Consentry", version: "1", chainId, verifyingContract: contracts.ConsentRegistry.address };
}

/** A statement as wallets take it. */
export function typedDataOf({ primaryType, domain, message }: Statement): TypedData {
  return { types: STATEMENT_TYPES[primaryType], primaryType, domain, message };
}

/** The JSON of `eth_signTypedData_v4`. */
export function payloadOf({ domain, types, message }: TypedData): string {
  return JSON.stringify(TypedDataEncoder.getPayload(domain, types, message));
}

/** The EIP-712 hash: what is signed. */
export function digestOf({ domain, types, message }: TypedData): string {
  return TypedDataEncoder.hash(domain, types, message);
}

function fields(text: string): { name: string; type: string }[] {
  return text.split(",").map((field) => {
    const [type = "", name = ""] = field.split(" ");
    return { name, type };
  });
}
