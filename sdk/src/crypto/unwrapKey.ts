import { UnwrapError, WrapMismatchError } from "../errors/crypto.js";
import { toParty } from "../values/address.js";
import { onlyKeys } from "../values/keys.js";
import { type ContentKey, importContentKey, toPurpose } from "./contentKey.js";
import { hexBytes } from "./header.js";
import { suite } from "./hpke.js";
import { type EncryptionKeyPair, type PlatformKeyPair, toKeyPair } from "./keyPairs.js";
import { infoOf, type KeyWrap, parseWrap } from "./keyWrap.js";

/** A wrap, and what the grantee expects it to be. */
export interface UnwrapKeyParams {
  /** What `wrapKey` gave, or its JSON. */
  wrap: KeyWrap | string;
  /** The grantee's own. */
  keyPair: EncryptionKeyPair;
  /** The grantee's own address. */
  grantee: string;
  /** The record that was asked for. */
  record: string;
  /** The version that was asked for: that of `records.get`, lest an older one is passed off as it. */
  version: number;
}

/**
 * Opens a wrap that was made for this grantee, of the record and version that the grantee asked for.
 *
 * @throws InvalidWrapError, UnsupportedAlgorithmError if it is no wrap, or one of another kind
 * @throws WrapMismatchError if it is of another record, version, grantee or public key
 * @throws UnwrapError if it was changed, or made for somebody else
 * @throws InvalidAddressError, InvalidRecordIdError, InvalidParameterError
 * @example
 * import { unwrapKey } from "@consentry/sdk/crypto";
 *
 * const key = await unwrapKey({ wrap, keyPair, grantee, record, version: pointer.version });
 */
export async function unwrapKey(params: UnwrapKeyParams): Promise<ContentKey> {
  onlyKeys(params, ["wrap", "keyPair", "grantee", "record", "version"]);
  const wrap = parseWrap(params.wrap);
  const { record, version } = toPurpose(params);
  const pair = await toKeyPair(params.keyPair, "keyPair");
  requireSame("record", record, wrap.record);
  requireSame("version", String(version), String(wrap.version));
  requireSame("grantee", toParty(params.grantee, "grantee"), wrap.grantee);
  requireSame("publicKey", params.keyPair.publicKey.toLowerCase(), wrap.publicKey);
  const bytes = await open(wrap, pair);
  const key = importContentKey({ record, version, bytes });
  requireSame("key", key.id, wrap.key);
  return key;
}

async function open(wrap: KeyWrap, pair: PlatformKeyPair): Promise<Uint8Array> {
  const ciphertext = hexBytes(wrap.ciphertext);
  try {
    return await suite.Open(pair, hexBytes(wrap.encapsulated), ciphertext, { info: infoOf(wrap) });
  } catch (error) {
    throw new UnwrapError(error);
  }
}

function requireSame(field: WrapMismatchError["field"], expected: string, actual: string): void {
  if (actual !== expected) throw new WrapMismatchError(field, expected, actual);
}
