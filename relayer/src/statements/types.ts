import type { StatementType, TypedFields } from "@consentry/sdk";

const GRANT =
  "address grantee,bytes32 scope,uint64 categories,uint32 purposes,uint8 actions,uint48 notBefore,uint48 expiresAt,bool conditional";
const TIMES = "uint48 issuedAt,uint48 deadline";

const FIELDS: Readonly<Record<StatementType, string>> = {
  Grants: `address patient,Grant[] grants,string statement,bytes32 document,${TIMES}`,
  Revocations: "address patient,Revocation[] revocations,uint48 issuedAt",
  RevokeAll: "address patient,uint48 issuedAt",
  TransferControl: `address patient,address controller,${TIMES}`,
  AcceptControl: `address patient,address controller,${TIMES}`,
  CreateDependent: `address parent,bytes32 salt,${TIMES}`,
  AppointRepresentative: `address patient,address representative,uint48 since,uint48 until,${TIMES}`,
  DismissRepresentative: "address patient,address representative,uint48 issuedAt",
  SetExclusions: `address patient,uint64 categories,${TIMES}`,
  SetGuardians: `address patient,bytes32 commitment,uint32 delay,${TIMES}`,
  ApproveRecovery: `address guardian,address patient,address controller,bytes32 commitment,${TIMES}`,
  CancelRecovery: "address patient,uint48 issuedAt",
};

const PARTS: Readonly<Partial<Record<StatementType, TypedFields>>> = {
  Grants: { Grant: fieldsOf(GRANT) },
  Revocations: { Revocation: fieldsOf("address grantee,bytes32 scope") },
};

/** The EIP-712 types of a statement, as docs/control.md lists them. */
export function typesOf(type: StatementType): TypedFields {
  return { [type]: fieldsOf(FIELDS[type]), ...PARTS[type] };
}

function fieldsOf(text: string): { name: string; type: string }[] {
  return text.split(",").map((field) => {
    const [type = "", name = ""] = field.split(" ");
    return { name, type };
  });
}
