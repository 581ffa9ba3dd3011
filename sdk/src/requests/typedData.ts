import type { TypedData, TypedFields } from "../signing/types.js";
import type { AccessRequest } from "./types.js";

/** A type of its own, which no contract knows: a request never passes for a patient's statement. */
export const REQUEST_TYPES: TypedFields = {
  AccessRequest: [
    { name: "grantee", type: "address" },
    { name: "patient", type: "address" },
    { name: "categories", type: "string[]" },
    { name: "purposes", type: "string[]" },
    { name: "actions", type: "string[]" },
    { name: "record", type: "bytes32" },
    { name: "programme", type: "bytes32" },
    { name: "notBefore", type: "uint48" },
    { name: "expiresAt", type: "uint48" },
    { name: "reason", type: "string" },
    { name: "id", type: "bytes32" },
    { name: "issuedAt", type: "uint48" },
    { name: "deadline", type: "uint48" },
  ],
};

/** A request as wallets take it. */
export function typedDataOf({ primaryType, domain, message }: Omit<AccessRequest, "signer" | "signature">): TypedData {
  return { types: REQUEST_TYPES, primaryType, domain, message };
}
