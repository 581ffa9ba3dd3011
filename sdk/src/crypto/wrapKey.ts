import { hexlify } from "ethers";
import { InvalidEncryptionKeyError } from "../errors/crypto.js";
import { toParty } from "../values/address.js";
import { onlyKeys } from "../values/keys.js";
import type { ContentKey } from "./contentKey.js";
import { suite } from "./hpke.js";
import { toPublicKey } from "./keyPairs.js";
import { infoOf, type KeyWrap, SUITE, TYPE } from "./keyWrap.js";
import { requireContentKey } from "./requireContentKey.js";

/** Who is to read what. */
export interface WrapKeyParams {
  key: ContentKey;
  /** The address of the grantee, to whom the wrap is bound. */
  grantee: string;
  /** The grantee's public key, as `providers.get` tells it: 32 bytes. */
  publicKey: string | Uint8Array | undefined;
}

/**
 * Encrypts a content key for a grantee: HPKE of RFC 9180, bound to record, version, key and grantee. Anybody can make a wrap;
 * that a content is the custodian's is proved by its hash on the chain.
 *
 * @throws InvalidEncryptionKeyError if the grantee has published no key, or none that can be used
 * @throws InvalidAddressError, InvalidParameterError
 * @example
 * import { wrapKey } from "@consentry/sdk/crypto";
 *
 * const clinic = await consentry.providers.get(grantee);
 * if (clinic.active) console.log(await wrapKey({ key, grantee, publicKey: clinic.encryptionKey }));
 */
export async function wrapKey(params: WrapKeyParams): Promise<KeyWrap> {
  onlyKeys(params, ["key", "grantee", "publicKey"]);
  const { record, version, id, ...key } = contentOf(params.key);
  const grantee = toParty(params.grantee, "grantee");
  if (params.publicKey === undefined)
    throw new InvalidEncryptionKeyError("publicKey", "The grantee has published none.");
  const { hex: publicKey, key: recipient } = await toPublicKey(params.publicKey, "publicKey");
  const info = infoOf({ record, version, grantee, key: id });
  const sealed = await suite.Seal(recipient, key.bytes, { info }).catch((error: unknown) => {
    throw new InvalidEncryptionKeyError("publicKey", "Nothing can be encrypted for it.", error);
  });
  const encapsulated = hexlify(sealed.encapsulatedSecret);
  const ciphertext = hexlify(sealed.ciphertext);
  return { type: TYPE, suite: SUITE, record, version, grantee, key: id, publicKey, encapsulated, ciphertext };
}

function contentOf(value: ContentKey): { record: string; version: number; id: string; bytes: Uint8Array } {
  const { record, version, id } = requireContentKey(value);
  return { record, version, id, bytes: value.export() };
}
