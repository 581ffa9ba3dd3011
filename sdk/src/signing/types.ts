import type { TimeInput } from "../values/dates.js";

/** What a grant of a signed statement says, every term in a field of its own. Times in unix seconds, bitmasks as numbers. */
export interface GrantMessage {
  grantee: string;
  scope: string;
  categories: string;
  purposes: string;
  actions: string;
  notBefore: string;
  expiresAt: string;
  conditional: boolean;
}

/** What a withdrawal of a signed statement is about. */
export interface RevocationMessage {
  grantee: string;
  scope: string;
}

/**
 * What can be signed, by the name of its EIP-712 type, as plain JSON: numbers are decimal digits. `issuedAt`, the stamp, is in
 * milliseconds, every other time in unix seconds, `delay` in seconds.
 */
export interface Messages {
  Grants: {
    patient: string;
    grants: GrantMessage[];
    /** The sentences that the patient reads. */
    statement: string;
    /** Hash of the document that narrows conditional grants; zero if there is none. */
    document: string;
    issuedAt: string;
    deadline: string;
  };
  Revocations: { patient: string; revocations: RevocationMessage[]; issuedAt: string };
  RevokeAll: { patient: string; issuedAt: string };
  TransferControl: { patient: string; controller: string; issuedAt: string; deadline: string };
  AcceptControl: { patient: string; controller: string; issuedAt: string; deadline: string };
  CreateDependent: { parent: string; salt: string; issuedAt: string; deadline: string };
  AppointRepresentative: {
    patient: string;
    representative: string;
    since: string;
    until: string;
    issuedAt: string;
    deadline: string;
  };
  DismissRepresentative: { patient: string; representative: string; issuedAt: string };
  SetExclusions: { patient: string; categories: string; issuedAt: string; deadline: string };
  SetGuardians: { patient: string; commitment: string; delay: string; issuedAt: string; deadline: string };
  ApproveRecovery: {
    guardian: string;
    patient: string;
    controller: string;
    commitment: string;
    issuedAt: string;
    deadline: string;
  };
  CancelRecovery: { patient: string; issuedAt: string };
}

/** The names of what can be signed. */
export type StatementType = keyof Messages;

/** For which contract on which chain a statement is made (EIP-712). */
export interface StatementDomain {
  name: "Consentry";
  version: "1";
  chainId: number;
  /** The consent registry. */
  verifyingContract: string;
}

/** A statement of one type. */
export interface StatementOf<Type extends StatementType> {
  /** The EIP-712 type. */
  primaryType: Type;
  domain: StatementDomain;
  message: Messages[Type];
}

/** A statement that can be signed: its type tells what the message holds. */
export type Statement = { [Type in StatementType]: StatementOf<Type> }[StatementType];

/** Whose signature it is, and the signature. */
export interface SignedBy {
  /** Who signed (ERC-7913), as hex: an account of 20 bytes, or a verifier and a key, such as a passkey. */
  signer: string;
  signature: string;
}

/** The new controller's part of a transfer: its signature under `AcceptControl` of the same patient, controller, deadline. */
export interface Acceptance extends SignedBy {
  /** The stamp of the acceptance, in milliseconds. */
  issuedAt: string;
}

/** What goes along with a statement, because the statement is worth nothing without it. */
export interface Companions {
  TransferControl: { acceptance: Acceptance };
}

/**
 * A signed statement: plain JSON that survives a queue, a file or a QR code, and that anybody may deliver.
 *
 * See https://eips.ethereum.org/EIPS/eip-712 and https://eips.ethereum.org/EIPS/eip-7913
 */
export type SignedStatementOf<Type extends StatementType> = StatementOf<Type> &
  SignedBy &
  (Type extends keyof Companions ? Companions[Type] : unknown);

/** A signed statement of any type. */
export type SignedStatement = { [Type in StatementType]: SignedStatementOf<Type> }[StatementType];

/** The fields of EIP-712 types, by name. */
export type TypedFields = Record<string, { name: string; type: string }[]>;

/** What a signer is asked to sign. */
export interface TypedData {
  types: TypedFields;
  primaryType: string;
  domain: StatementDomain;
  message: object;
}

/** Whoever signs statements: a wallet's account or a passkey. */
export interface StatementSigner {
  /** The signer (ERC-7913), as hex. */
  signer(): Promise<string>;
  /** The signature over the EIP-712 hash. */
  sign(typedData: TypedData): Promise<string>;
}

/** How a statement is signed. */
export interface SignOptions {
  /** Whoever signs; the signer or wallet that `connect` was given if left out. */
  by?: StatementSigner | undefined;
  /** Until when it can be delivered, at most seven days ahead; that if left out. Withdrawals have no deadline. */
  deadline?: TimeInput | undefined;
  /**
   * The least stamp that it gets, in milliseconds: the `issuedAt` of what it is to take back, where that was signed elsewhere
   * and may not be delivered yet. What stands, and what this client signed, is thought of without it. An approval of a
   * recovery has the stamp of its proposal.
   */
  noOlderThan?: string | bigint | undefined;
}
