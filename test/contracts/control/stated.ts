import { id } from "ethers";
import { purposes } from "../codes.js";
import { NONE, pack, type Terms } from "../words.js";
import { type Fields, type Place, sign, type Signed, type Statement, type Voice } from "./signing.js";

export const DAY = 24n * 3600n;
export const WEEK = 7n * DAY;

/** Where statements are made for one contract on one chain. */
interface Placed {
  readonly place: Place;
}

/** What can be said about control, as the contract's functions are named, with the arguments before deadline and signature. */
interface Verb {
  readonly statement: Statement;
  readonly names: readonly string[];
  /** Whether it has to be delivered in time. */
  readonly deadline: boolean;
}

export const VERBS = {
  transferControl: { statement: "TransferControl", names: ["patient", "controller"], deadline: true },
  createDependent: { statement: "CreateDependent", names: ["salt"], deadline: true },
  appointRepresentative: {
    statement: "AppointRepresentative",
    names: ["patient", "representative", "since", "until"],
    deadline: true,
  },
  dismissRepresentative: { statement: "DismissRepresentative", names: ["patient", "representative"], deadline: false },
  setExclusions: { statement: "SetExclusions", names: ["patient", "categories"], deadline: true },
  setGuardians: { statement: "SetGuardians", names: ["patient", "commitment", "delay"], deadline: true },
  cancelRecovery: { statement: "CancelRecovery", names: ["patient"], deadline: false },
  grant: { statement: "Grants", names: ["patient", "grants", "statement", "document"], deadline: true },
  revoke: { statement: "Revocations", names: ["patient", "revocations"], deadline: false },
  revokeAll: { statement: "RevokeAll", names: ["patient"], deadline: false },
} as const satisfies Record<string, Verb>;

export type VerbName = keyof typeof VERBS;

/** What is changed of a statement that would be accepted. */
export interface Changes {
  issuedAt?: bigint;
  deadline?: bigint;
  /** Another contract or chain. */
  place?: Place;
  /** Another type, of which the fields of the same name are filled in. */
  statement?: Statement;
  /** What is signed, where it is not what is delivered. */
  message?: Fields;
}

export const SENTENCE = "I agree";

/** The arguments of a `...BySig` call, and what was signed. */
export interface Delivery {
  readonly name: string;
  readonly args: readonly unknown[];
  readonly signed: Signed;
  readonly deadline: bigint;
}

/** A statement signed at `issuedAt`, ready to be delivered. Control needs the acceptance, too. */
export function stated(
  { place }: Placed,
  by: Voice,
  verb: VerbName,
  args: readonly unknown[],
  changes: Changes & { issuedAt: bigint },
  acceptance?: Signed,
): Delivery {
  const { statement, names, deadline: inTime } = VERBS[verb] as Verb;
  const deadline = changes.deadline ?? (changes.issuedAt + 999n) / 1000n + WEEK - 1n;
  const message: Fields & { issuedAt: bigint } = {
    parent: by.account,
    ...Object.fromEntries(names.map((name, i) => [name, args[i]])),
    ...(verb === "grant" && { statement: SENTENCE, grants: spelledOut(args[1] as Granted[]) }),
    issuedAt: changes.issuedAt,
    deadline,
    ...changes.message,
  };
  const signed = sign(changes.place ?? place, by, changes.statement ?? statement, message);
  const rest = [...(inTime ? [deadline] : []), ...(acceptance ? [acceptance] : []), signed];
  return { name: `${verb}BySig`, args: [...args, ...rest], signed, deadline };
}

interface Granted {
  grantee: string;
  scope: string;
  terms: bigint;
}

/** The arguments of a signed grant to one grantee, of treatment unless it says otherwise. */
export function granting(patient: string, grantee: string, scope: string, changes: Partial<Terms> = {}): unknown[] {
  const terms = pack({ purposes: purposes("TREAT"), ...changes });
  return [patient, [{ grantee, scope, terms }], id(SENTENCE), NONE];
}

/** The fields of packed terms as EIP-712 spells them. */
function spelledOut(grants: readonly Granted[]) {
  const part = (terms: bigint, at: bigint, width: bigint) => (terms >> at) & ((1n << width) - 1n);
  return grants.map(({ grantee, scope, terms }) => ({
    grantee,
    scope,
    categories: part(terms, 0n, 64n),
    purposes: part(terms, 64n, 32n),
    actions: part(terms, 96n, 8n),
    notBefore: part(terms, 104n, 48n),
    expiresAt: part(terms, 152n, 48n),
    conditional: part(terms, 248n, 1n) !== 0n,
  }));
}

/** The new controller's side of a transfer. */
export function accepted(
  { place }: Placed,
  by: Voice,
  patient: string,
  issuedAt: bigint,
  deadline = issuedAt / 1000n + WEEK - 1n,
): { acceptance: Signed; deadline: bigint } {
  const message = { patient, controller: by.account, issuedAt, deadline };
  return { acceptance: sign(place, by, "AcceptControl", message), deadline };
}

/** Both sides of a signed transfer. */
export function transferred(world: Placed, by: Voice, patient: string, to: Voice, issuedAt: bigint): Delivery {
  const { acceptance, deadline } = accepted(world, to, patient, issuedAt);
  return stated(world, by, "transferControl", [patient, to.account], { issuedAt, deadline }, acceptance);
}
