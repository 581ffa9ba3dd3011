import { hexlify } from "ethers";
import { SealedFormatError, UnsupportedAlgorithmError } from "../errors/crypto.js";
import { ascii, joined, type Octets, uint32 } from "./octets.js";

/** What a sealed record says about itself before its frames. */
export interface Header {
  isCompressed: boolean;
  version: number;
  /** The record's id. */
  record: string;
  /** The id of the content key. */
  key: string;
  /** Of the key of the frames: 32 bytes, random for each encryption. */
  salt: Octets;
}

const MARK = /* @__PURE__ */ ascii("consentry sealed\n");
const FORMAT_AT = 17;
const ALGORITHM_AT = 18;
const COMPRESSION_AT = 19;
const VERSION_AT = 20;
const RECORD_AT = 24;
const KEY_AT = 56;
const SALT_AT = 88;

/** Bytes of a header. */
export const HEADER = 120;

const FORMAT = 1;
/** AES-256-GCM in frames of 64 KiB, with a key of HKDF-SHA-256. */
export const ALGORITHM = 1;
const COMPRESSIONS = ["none", "gzip"];

/** The header as it stands before the frames. */
export function headerBytes({ isCompressed, version, record, key, salt }: Header): Octets {
  const kinds = Uint8Array.of(FORMAT, ALGORITHM, isCompressed ? 1 : 0);
  return joined([MARK, kinds, uint32(version), hexBytes(record), hexBytes(key), salt]);
}

/** Reads a header. That it is genuine shows when the first frame is opened. */
export function parseHeader(bytes: Octets): Header {
  if (bytes.length < HEADER || !MARK.every((byte, at) => bytes[at] === byte)) {
    throw new SealedFormatError("It does not begin as a sealed record does.");
  }
  requireKind("format", bytes[FORMAT_AT], [FORMAT]);
  requireKind("algorithm", bytes[ALGORITHM_AT], [ALGORITHM]);
  requireKind("compression", bytes[COMPRESSION_AT], [...COMPRESSIONS.keys()]);
  return {
    isCompressed: bytes[COMPRESSION_AT] === 1,
    version: new DataView(bytes.buffer, bytes.byteOffset).getUint32(VERSION_AT),
    record: hexlify(bytes.subarray(RECORD_AT, KEY_AT)),
    key: hexlify(bytes.subarray(KEY_AT, SALT_AT)),
    salt: bytes.subarray(SALT_AT, HEADER),
  };
}

/** The bytes of hexadecimal digits that were checked before. */
export function hexBytes(digits: string): Octets {
  return Uint8Array.from(digits.slice(2).match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function requireKind(name: string, kind: number | undefined, known: readonly number[]): void {
  if (kind === undefined || !known.includes(kind)) throw new UnsupportedAlgorithmError(`${name} ${kind ?? "missing"}`);
}
