import { ZeroAddress } from "ethers";
import type { Context } from "../context.js";
import { InvalidSignatureError } from "../errors/contract/control.js";
import { NothingToDeliverError, TooMuchGasError } from "../errors/signing.js";
import { isSigned } from "../signatures/isSigned.js";
import { parseStatement } from "../signing/parseStatement.js";
import { knownAccount, requireDeployment } from "../signing/requireDeployment.js";
import { digestOf, typedDataOf } from "../signing/typedData.js";
import type { SignedStatement } from "../signing/types.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { onlyKeys } from "../values/keys.js";
import { unsigned } from "../writes/action.js";
import { gasWhenDue } from "../writes/gasWhenDue.js";
import { deliveryOf } from "./deliveries.js";

/** What a relay allows. */
export interface RelayOptions {
  /** The most gas that delivering may take: a wallet's own code can burn as much as it likes. 5,000,000 if left out. */
  maxGas?: bigint | undefined;
}

/** A statement that would have an effect now. */
export interface VerifiedStatement {
  statement: SignedStatement;
  /** Who signed: the account of the signer. */
  account: string;
  /** The gas that delivering takes now. */
  gas: bigint;
  /** The call that delivers it. */
  transaction: UnsignedTransaction;
}

const MOST_GAS = 5_000_000n;

/**
 * Tells whether a signed statement would have an effect, before anything is paid: its shape, deployment, verifier and
 * signature, then, by trying the call on the node, its age and deadline, and whether the signer speaks for the patient.
 *
 * A wallet that is a contract may tell something else when it is asked again.
 *
 * @param input what a `sign` returned, or its JSON
 * @returns the statement, who signed it, the gas that it takes
 * @throws InvalidStatementError, OtherDeploymentError, UnknownVerifierError, NotDeliverableError
 * @throws NothingToDeliverError if it was delivered before, or all of it was replaced
 * @throws InvalidSignatureError, DeadlinePassedError, StatementVoidError, TooSoonError, NotSpeakerForError and the other
 * errors of the contract; TooMuchGasError
 * @example
 * const { account, gas } = await relayer.relay.verify(signed);
 */
export async function verify(context: Context, input: unknown, options: RelayOptions = {}): Promise<VerifiedStatement> {
  onlyKeys(options, ["maxGas"], "options.");
  const { maxGas = MOST_GAS } = options;
  const statement = parseStatement(input);
  requireDeployment(context, statement.domain);
  if ("acceptance" in statement) knownAccount(context, statement.acceptance.signer);
  const delivery = deliveryOf(statement.primaryType);
  const account = await requireSigned(context, statement);
  if (await delivery.isDone(context, statement.message)) throw new NothingToDeliverError(statement.primaryType);
  const transaction = await unsigned(delivery.call(context, statement));
  const from = (await context.sender?.address()) ?? ZeroAddress;
  const gas = await gasWhenDue(context.transport, { ...transaction, from });
  if (gas > maxGas) throw new TooMuchGasError(gas, maxGas);
  return { statement, account, gas, transaction };
}

/** Before anything else is asked of the node: what nobody signed may be long. Returns the account. */
async function requireSigned(context: Context, statement: SignedStatement): Promise<string> {
  const { signer, signature } = statement;
  const account = knownAccount(context, signer);
  const hash = digestOf(typedDataOf(statement));
  if (await isSigned(context, { signer, hash, signature })) return account;
  throw new InvalidSignatureError({ account });
}
