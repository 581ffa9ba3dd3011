import { ZeroHash } from "ethers";
import type { Context } from "../context.js";
import { InvalidParameterError } from "../errors/input.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { toAddress } from "../values/address.js";
import { toBytes32 } from "../values/bytes.js";
import { onlyKeys } from "../values/keys.js";
import { unsigned } from "../writes/action.js";
import { send, type WriteResult } from "../writes/send.js";
import { directoryOf } from "./contracts.js";
import { eventsOf, type CredentialChanged } from "./events.js";

/** Which credential a provider has. */
export interface PublishCredentialParams {
  provider: string;
  /** 32 bytes, as `contentHash` makes them; `"none"` removes what is published. */
  hash: string | Uint8Array;
}

/**
 * Publishes the hash of a provider's credential, such as a licence as a signed document. By its accreditor.
 *
 * @throws InvalidAddressError, InvalidParameterError before anything is sent
 * @throws NotAccreditorOfError, ProviderUnknownError
 * @throws NoSignerError if nobody can sign
 * @example
 * import { governanceOf } from "@consentry/sdk/governance";
 *
 * await governanceOf(consentry).publishCredential({ provider, hash });
 */
export async function publishCredential(
  context: Context,
  params: PublishCredentialParams,
): Promise<WriteResult<CredentialChanged>> {
  return send(context, await publishCredentialRequest(context, params), (logs) =>
    eventsOf(context, logs, "CredentialChanged"),
  );
}

/** Builds the transaction of {@link publishCredential} without sending it. */
export async function publishCredentialRequest(
  context: Context,
  params: PublishCredentialParams,
): Promise<UnsignedTransaction> {
  onlyKeys(params, ["provider", "hash"]);
  const provider = toAddress(params.provider, "provider");
  const hash = params.hash === "none" ? ZeroHash : toHash(params.hash);
  return unsigned(directoryOf(context).publishCredential.populateTransaction(provider, hash));
}

function toHash(value: string | Uint8Array): string {
  const hash = toBytes32(value, "hash");
  if (hash !== ZeroHash) return hash;
  throw new InvalidParameterError("hash", "a hash", 'Pass "none" to remove what is published.');
}
