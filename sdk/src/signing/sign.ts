import { recoverAddress, Signature } from "ethers";
import { type Context, requireSender } from "../context.js";
import { DeadlinePassedError, DeadlineTooFarError, InvalidSignatureError } from "../errors/contract/control.js";
import { InvalidParameterError } from "../errors/input.js";
import { toAddress } from "../values/address.js";
import { toHex } from "../values/bytes.js";
import { toEnd } from "../values/dates.js";
import { onlyKeys } from "../values/keys.js";
import { accountOf, verifierOf } from "./account.js";
import { digestOf, domainOf, typedDataOf } from "./typedData.js";
import type {
  Messages,
  SignedBy,
  SignOptions,
  Statement,
  StatementOf,
  StatementSigner,
  StatementType,
  TypedData,
} from "./types.js";

/** Seven days, in seconds: how long a statement that can widen something may be under way. */
const MOST_UNDER_WAY = 7n * 86_400n;

/** Whoever is about to sign. */
export interface Speaker {
  by: StatementSigner;
  /** The signer (ERC-7913), as hex. */
  signer: string;
  account: string;
  /** The least stamp that what is said gets. */
  noOlderThan: bigint;
}

/** Whoever signs: the one named, or the client's own. Throws {@link NoSignerError} if there is neither. */
export async function speakerOf(context: Context, options: SignOptions = {}): Promise<Speaker> {
  onlyKeys(options, ["by", "deadline", "noOlderThan"], "options.");
  const noOlderThan = stampIn(options);
  const by = options.by ?? ownSigner(context);
  const signer = await by.signer();
  return { by, signer, account: accountOf(signer), noOlderThan };
}

function stampIn({ noOlderThan = 0n }: SignOptions): bigint {
  if (/^\d{1,15}$/.test(String(noOlderThan))) return BigInt(noOlderThan);
  throw new InvalidParameterError("options.noOlderThan", "a stamp in milliseconds, as `issuedAt`");
}

function ownSigner(context: Context): StatementSigner {
  const sender = requireSender(context);
  return { signer: () => sender.address(), sign: (typedData) => sender.sign(typedData) };
}

/** The patient who was named, or else the account that signs. */
export function patientOr(account: string, patient: string | undefined): string {
  return patient === undefined ? account : toAddress(patient, "patient");
}

/**
 * The end of the time in which a statement can be delivered, in unix seconds: inclusive.
 *
 * @param issuedAt the stamp, in milliseconds
 * @throws InvalidDateError, DeadlineTooFarError, DeadlinePassedError
 */
export function deadlineOf({ deadline }: SignOptions, issuedAt: bigint, parameter = "options.deadline"): bigint {
  return deadline === undefined ? latestFor(issuedAt) : requireInTime(toEnd(deadline, parameter), issuedAt);
}

/**
 * The deadline in unix seconds, if a statement with this stamp can have it.
 *
 * @throws DeadlineTooFarError, DeadlinePassedError
 */
export function requireInTime(deadline: bigint, issuedAt: bigint): bigint {
  if (deadline > latestFor(issuedAt)) throw new DeadlineTooFarError({ issuedAt, deadline });
  if (deadline * 1000n < issuedAt) throw new DeadlinePassedError({ deadline });
  return deadline;
}

function latestFor(issuedAt: bigint): bigint {
  return issuedAt / 1000n + MOST_UNDER_WAY;
}

/** Throws {@link InvalidParameterError} where a deadline is given: a withdrawal can be delivered at any time. */
export function requireNoDeadline({ deadline }: SignOptions, why = "Withdrawals have no deadline."): void {
  if (deadline === undefined) return;
  throw new InvalidParameterError("options.deadline", "left out", why);
}

/**
 * Signs a statement for this deployment.
 *
 * @throws InvalidSignatureError if the signature is not the signer's, as of a wallet whose account was switched
 * @throws UserRejectedError, WrongChainError, NetworkError
 */
export async function signStatement<Type extends StatementType>(
  context: Context,
  { by, signer, account }: Speaker,
  primaryType: Type,
  message: Messages[Type],
): Promise<StatementOf<Type> & SignedBy> {
  const statement = { primaryType, domain: domainOf(context), message };
  const typedData = typedDataOf(statement as unknown as Statement);
  const signature = toHex(await by.sign(typedData), "signature");
  if (verifierOf(signer) === undefined) await requireOwn(context, account, typedData, signature);
  return { ...statement, signer, signature };
}

/**
 * A plain key's signature is seen to be its own; what a contract accepts, only the chain can tell.
 *
 * @throws InvalidSignatureError
 */
export async function requireOwn(
  { transport }: Context,
  account: string,
  typedData: TypedData,
  signature: string,
): Promise<void> {
  if (recovered(digestOf(typedData), signature) === account || (await transport.hasCode(account))) return;
  throw new InvalidSignatureError({ account });
}

/** The account of the key that signed; undefined if it is no signature of a plain key. */
function recovered(digest: string, signature: string): string | undefined {
  try {
    return recoverAddress(digest, Signature.from(signature));
  } catch {
    return undefined;
  }
}
