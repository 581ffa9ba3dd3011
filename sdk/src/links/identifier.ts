import { InvalidParameterError } from "../errors/input.js";
import { onlyKeys } from "../values/keys.js";
import type { PatientIdentifier } from "./types.js";

const LONGEST = 255;
const SYSTEM = /^[a-z][a-z0-9+.-]*:[\x21-\x7e]+$/i;
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/u;

/** An identifier that can be told from every other; throws {@link InvalidParameterError}, which does not name it. */
export function toIdentifier(identifier: PatientIdentifier): PatientIdentifier {
  onlyKeys(identifier, ["system", "value"], "identifier.");
  const { system, value } = identifier as Partial<Record<keyof PatientIdentifier, unknown>>;
  if (typeof system !== "string" || system.length > LONGEST || !SYSTEM.test(system)) {
    throw new InvalidParameterError("identifier.system", `a URI of at most ${LONGEST} characters`);
  }
  if (typeof value !== "string" || value.length > LONGEST || !isPlain(value)) {
    throw new InvalidParameterError(
      "identifier.value",
      `a text of 1 to ${LONGEST} characters without spaces at its ends and characters that can't be seen`,
    );
  }
  return { system, value };
}

function isPlain(value: string): boolean {
  return value !== "" && value === value.trim() && value === value.normalize("NFC") && !UNSEEN.test(value);
}
