export {
  ContentHashMismatchError,
  ContentTooLongError,
  InvalidEncryptionKeyError,
  InvalidWrapError,
  KeyMissingError,
  SealedFormatError,
  SealedRecordAlteredError,
  SealedRecordTruncatedError,
  UnsupportedAlgorithmError,
  UnwrapError,
  WrapMismatchError,
  WrongKeyError,
} from "../errors/crypto.js";
export { bytesOf, type Content } from "./content.js";
export { type ContentHasher, contentHasher } from "./contentHasher.js";
export { type ContentKey, importContentKey, type KeyPurpose, newContentKey } from "./contentKey.js";
export { decryptRecord, type DecryptedRecord, type DecryptRecordParams } from "./decryptRecord.js";
export { encryptRecord, type EncryptRecordParams } from "./encryptRecord.js";
export {
  type EncryptionKeyJwk,
  type EncryptionKeyPair,
  exportEncryptionKeyPair,
  importEncryptionKeyPair,
  newEncryptionKeyPair,
  type PlatformKey,
} from "./keyPairs.js";
export type { Keyring } from "./keyring.js";
export { type KeyWrap, parseWrap } from "./keyWrap.js";
export { unwrapKey, type UnwrapKeyParams } from "./unwrapKey.js";
export { wrapKey, type WrapKeyParams } from "./wrapKey.js";
