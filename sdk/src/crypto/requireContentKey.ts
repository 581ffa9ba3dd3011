import { InvalidParameterError } from "../errors/input.js";
import { ContentKey } from "./contentKey.js";

/** A content key; throws {@link InvalidParameterError} for anything else. */
export function requireContentKey(value: unknown): ContentKey {
  if (value instanceof ContentKey) return value;
  throw new InvalidParameterError("key", "a ContentKey", "newContentKey makes one, unwrapKey opens one.");
}
