import type { Octets } from "../crypto/octets.js";
import {
  SealedFormatError,
  SealedRecordAlteredError,
  SealedRecordTruncatedError,
  UnsupportedAlgorithmError,
  WrongKeyError,
} from "../errors/crypto.js";
import { RecordDamagedError } from "../errors/store.js";

/** What to a reader is an altered record is to its keeper a damaged one. */
const DAMAGE = [
  SealedFormatError,
  SealedRecordAlteredError,
  SealedRecordTruncatedError,
  UnsupportedAlgorithmError,
  WrongKeyError,
];

/** A RecordDamagedError in the place of what decryption throws; anything else as it is. */
export function asDamage(record: string, error: unknown): unknown {
  const damage = DAMAGE.map((type) => (error instanceof type ? error : undefined)).find((each) => each !== undefined);
  return damage === undefined ? error : new RecordDamagedError(record, damage.shortMessage, damage);
}

/** The same pieces, and its errors as {@link asDamage} has them. */
export async function* damageIn(record: string, pieces: AsyncGenerator<Octets, void>): AsyncGenerator<Octets, void> {
  try {
    yield* pieces;
  } catch (error) {
    throw asDamage(record, error) as Error;
  }
}
