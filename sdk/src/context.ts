import { NoSignerError } from "./errors/connection.js";
import type { IAuditLog } from "./generated/contracts/contracts/interfaces/IAuditLog.js";
import type { IConsentRegistry } from "./generated/contracts/contracts/interfaces/IConsentRegistry.js";
import type { IProviderRegistry } from "./generated/contracts/contracts/interfaces/IProviderRegistry.js";
import type { IRecordRegistry } from "./generated/contracts/contracts/interfaces/IRecordRegistry.js";
import type { Documents } from "./documents/types.js";
import type { Deployment } from "./deployments/types.js";
import type { Transport } from "./transport/transport.js";
import type { Sender } from "./transport/types.js";
import { toAddress } from "./values/address.js";

/** What every action works with: a verified deployment, and the ways to the node and to whoever signs. */
export interface Context {
  readonly deployment: Deployment;
  readonly transport: Transport;
  /** Undefined if `connect` was given nobody who signs. */
  readonly sender: Sender | undefined;
  /** How long a transaction may take to be mined, in milliseconds. */
  readonly miningTimeout: number;
  /** What narrows conditional consents; undefined if `connect` was given nothing. */
  readonly documents: Documents | undefined;
  readonly providers: IProviderRegistry;
  readonly consents: IConsentRegistry;
  readonly records: IRecordRegistry;
  readonly audit: IAuditLog;
  /** The stamp of what was signed last about each patient: the next comes after it, delivered or not. */
  readonly lastStamps: Map<string, bigint>;
}

/** Whoever signs; throws {@link NoSignerError}. */
export function requireSender({ sender }: Context): Sender {
  if (sender === undefined) throw new NoSignerError();
  return sender;
}

/** The address that was given, or else the signer's. */
export async function addressOrSender(context: Context, value: string | undefined, parameter: string): Promise<string> {
  return value === undefined ? requireSender(context).address() : toAddress(value, parameter);
}
