import { ConsentryError } from "./base.js";

/** What was given as a sealed record is none. */
export class SealedFormatError extends ConsentryError {
  override readonly name = "SealedFormatError";

  constructor(details: string, cause?: unknown) {
    super("It is not a sealed record.", {
      code: "SealedFormat",
      details,
      hint: "Pass all that encryptRecord gave, from its first byte.",
      cause,
    });
  }
}

/** A sealed record or a wrap of a kind that this version of the package does not know, or does not trust. */
export class UnsupportedAlgorithmError extends ConsentryError {
  override readonly name = "UnsupportedAlgorithmError";

  constructor(details: string) {
    super("It is encrypted in a way that is not supported.", {
      code: "UnsupportedAlgorithm",
      details,
      hint: "Update the package; if it is up to date, the record or the wrap was changed.",
    });
  }
}

/** A sealed record is of another record, of another version, or under another key than expected. */
export class WrongKeyError extends ConsentryError {
  override readonly name = "WrongKeyError";
  /** What differs. */
  readonly field: "record" | "version" | "key";

  constructor(field: "record" | "version" | "key", expected: string, actual: string) {
    super("The key does not open this sealed record.", {
      code: "WrongKey",
      details: `The ${field} of the key is ${expected}, that of the sealed record is ${actual}.`,
      hint: "Ask the custodian for the version that the chain names, and for its wrap.",
    });
    this.field = field;
  }
}

/** A frame of a sealed record is not what was encrypted there: changed, moved, or of another record. */
export class SealedRecordAlteredError extends ConsentryError {
  override readonly name = "SealedRecordAlteredError";
  /** Counts the frames from 0. */
  readonly frame: number;

  constructor(frame: number) {
    super("The sealed record was altered.", {
      code: "SealedRecordAltered",
      details: `Frame ${frame} can't be verified.`,
      hint: "Use nothing of it; fetch it again, and tell the custodian if it stays so.",
    });
    this.frame = frame;
  }
}

/** A sealed record ends before its last frame. */
export class SealedRecordTruncatedError extends ConsentryError {
  override readonly name = "SealedRecordTruncatedError";
  /** Counts the frames from 0. */
  readonly frame: number;

  constructor(frame: number) {
    super("The sealed record was cut off.", {
      code: "SealedRecordTruncated",
      details: `It ends at frame ${frame}, which is not its last.`,
      hint: "Use nothing of it, and fetch it again.",
    });
    this.frame = frame;
  }
}

/** A content is not the one that was registered. */
export class ContentHashMismatchError extends ConsentryError {
  override readonly name = "ContentHashMismatchError";
  readonly expected: string;
  readonly actual: string;

  constructor(expected: string, actual: string) {
    super("The content is not the one that was registered.", {
      code: "ContentHashMismatch",
      details: `Its hash is ${actual}, on the chain is ${expected}.`,
      hint: "Use nothing of it; ask the custodian for the version that the chain names.",
    });
    this.expected = expected;
    this.actual = actual;
  }
}

/** A content is longer than allowed. */
export class ContentTooLongError extends ConsentryError {
  override readonly name = "ContentTooLongError";
  /** Bytes. */
  readonly maxLength: number;

  constructor(maxLength: number) {
    super("The content is longer than allowed.", {
      code: "ContentTooLong",
      details: `More than ${maxLength} bytes.`,
      hint: "Read it as a stream, or allow more by maxLength.",
    });
    this.maxLength = maxLength;
  }
}

/** What should be a key for encryption, or a pair of keys, is none. */
export class InvalidEncryptionKeyError extends ConsentryError {
  override readonly name = "InvalidEncryptionKeyError";
  readonly parameter: string;

  constructor(parameter: string, details: string, cause?: unknown) {
    super(`${parameter} can't be used for encryption.`, {
      code: "InvalidEncryptionKey",
      details,
      hint: "Make a pair with newEncryptionKeyPair, and publish its public key with providers.publishEncryptionKey.",
      cause,
    });
    this.parameter = parameter;
  }
}

/** What was given as a wrapped key is none. */
export class InvalidWrapError extends ConsentryError {
  override readonly name = "InvalidWrapError";

  constructor(details: string | undefined, cause?: unknown) {
    super("It is not a wrapped key.", {
      code: "InvalidWrap",
      details,
      hint: "Pass what wrapKey gave, or its JSON.",
      cause,
    });
  }
}

/** A wrapped key is not the one that was asked for. */
export class WrapMismatchError extends ConsentryError {
  override readonly name = "WrapMismatchError";
  /** What differs. */
  readonly field: "record" | "version" | "grantee" | "publicKey" | "key";

  constructor(field: WrapMismatchError["field"], expected: string, actual: string) {
    super("The wrapped key is not the one that was asked for.", {
      code: "WrapMismatch",
      details: `Its ${field} is ${actual}, expected is ${expected}.`,
      hint: "Ask the custodian to wrap the key of this version for the key pair that is published now.",
    });
    this.field = field;
  }
}

/** A wrapped key can't be opened. */
export class UnwrapError extends ConsentryError {
  override readonly name = "UnwrapError";

  constructor(cause: unknown) {
    super("The wrapped key can't be opened.", {
      code: "Unwrap",
      hint: "It was changed, or it was made for another key pair: ask the custodian for a new one.",
      cause,
    });
  }
}

/** The keyring has no key with an id. */
export class KeyMissingError extends ConsentryError {
  override readonly name = "KeyMissingError";
  readonly record: string;
  /** The id of the key. */
  readonly key: string;

  constructor(record: string, key: string) {
    super(`The keyring has no key for ${record}.`, {
      code: "KeyMissing",
      details: `The id of the key is ${key}.`,
      hint: "It was destroyed to erase the record, or it was never kept here: nobody can read what it opens.",
    });
    this.record = record;
    this.key = key;
  }
}
