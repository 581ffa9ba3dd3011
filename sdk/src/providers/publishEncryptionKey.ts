import { ZeroHash } from "ethers";
import { addressOrSender, type Context } from "../context.js";
import { InvalidParameterError } from "../errors/input.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { toBytes32 } from "../values/bytes.js";
import { onlyKeys } from "../values/keys.js";
import { unsigned } from "../writes/action.js";
import { send, type WriteResult } from "../writes/send.js";
import { type EncryptionKeyChanged, providerEvents } from "./events.js";

/** For which key records are to be encrypted. */
export interface PublishEncryptionKeyParams {
  /** The provider; whoever signs if left out. */
  provider?: string | undefined;
  /** An X25519 public key of 32 bytes, as `newEncryptionKeyPair` makes it; `"none"` removes what is published. */
  key: string | Uint8Array;
}

/**
 * Publishes the key for which records are encrypted for a provider. By the provider or a member that manages, never by its
 * accreditor.
 *
 * @throws InvalidAddressError, InvalidParameterError before anything is sent
 * @throws NotActingForError, ProviderUnknownError, ProviderNotActiveError
 * @throws NoSignerError if nobody can sign
 * @example
 * import { newEncryptionKeyPair } from "@consentry/sdk/crypto";
 *
 * const keyPair = await newEncryptionKeyPair();
 * await consentry.providers.publishEncryptionKey({ key: keyPair.publicKey });
 */
export async function publishEncryptionKey(
  context: Context,
  params: PublishEncryptionKeyParams,
): Promise<WriteResult<EncryptionKeyChanged>> {
  return send(context, await publishEncryptionKeyRequest(context, params), (logs) =>
    providerEvents(context, logs).filter((event) => event.type === "EncryptionKeyChanged"),
  );
}

/** Builds the transaction of {@link publishEncryptionKey} without sending it. */
export async function publishEncryptionKeyRequest(
  context: Context,
  params: PublishEncryptionKeyParams,
): Promise<UnsignedTransaction> {
  onlyKeys(params, ["provider", "key"]);
  const key = params.key === "none" ? ZeroHash : toKey(params.key);
  const provider = await addressOrSender(context, params.provider, "provider");
  return unsigned(context.providers.publishEncryptionKey.populateTransaction(provider, key));
}

function toKey(value: string | Uint8Array): string {
  const key = toBytes32(value, "key");
  if (key !== ZeroHash) return key;
  throw new InvalidParameterError("key", "a public key", 'Pass "none" to remove what is published.');
}
