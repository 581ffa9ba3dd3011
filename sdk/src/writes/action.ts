import type { ContractTransaction } from "ethers";
import type { Context } from "../context.js";
import { toConsentryError } from "../errors/toConsentryError.js";
import type { SignedStatementOf, SignOptions, StatementType } from "../signing/types.js";
import type { UnsignedTransaction } from "../transport/types.js";

/** A write of the client: called, it sends; `request` only builds the transaction, for somebody else to send. */
export interface Write<Params, Result, Built extends UnsignedTransaction = UnsignedTransaction> {
  (params: Params): Promise<Result>;
  /** Builds the transaction, `{ to, data }`, without sending it. */
  request(params: Params): Promise<Built>;
}

/** A write that can be signed instead: called, it sends; `sign` makes a statement that anybody may deliver. */
export interface Stated<
  Params,
  Result,
  Type extends StatementType,
  Said = Params,
  Built extends UnsignedTransaction = UnsignedTransaction,
> extends Write<Params, Result, Built> {
  /** Signs a statement, as plain JSON, without sending anything: `relay.submit` delivers it. */
  sign: (params: Said, options?: SignOptions) => Promise<SignedStatementOf<Type>>;
}

/** Binds a write that can be signed to the context of a client. */
export function bindStated<Params, Result, Type extends StatementType, Said, Built extends UnsignedTransaction>(
  context: Context,
  write: (context: Context, params: Params) => Promise<Result>,
  request: (context: Context, params: Params) => Promise<Built>,
  sign: (context: Context, params: Said, options?: SignOptions) => Promise<SignedStatementOf<Type>>,
): Stated<Params, Result, Type, Said, Built> {
  return Object.assign(bindWrite(context, write, request), { sign: bind(context, sign) });
}

/** Binds a write to the context of a client. */
export function bindWrite<Params, Result, Built extends UnsignedTransaction>(
  context: Context,
  write: (context: Context, params: Params) => Promise<Result>,
  request: (context: Context, params: Params) => Promise<Built>,
): Write<Params, Result, Built> {
  return Object.assign(bind(context, write), { request: bind(context, request) });
}

/** Binds any other action to the context of a client; whatever it throws is a ConsentryError. */
export function bind<Args extends unknown[], Result>(
  context: Context,
  action: (context: Context, ...args: Args) => Promise<Result>,
): (...args: Args) => Promise<Result> {
  return async (...args) => {
    try {
      return await action(context, ...args);
    } catch (error) {
      throw toConsentryError(error);
    }
  };
}

/** A populated transaction of a contract, without what its sender adds. */
export async function unsigned(populated: Promise<ContractTransaction>): Promise<UnsignedTransaction> {
  try {
    const { to, data } = await populated;
    return { to, data };
  } catch (error) {
    throw toConsentryError(error);
  }
}
