import { AbiCoder, id, keccak256 } from "ethers";
import { InvalidParameterError } from "../errors/input.js";
import { newSalt } from "../records/contentHash.js";
import { toParty } from "../values/address.js";
import { toBytes32 } from "../values/bytes.js";
import { onlyKeys } from "../values/keys.js";
import { nonEmpty } from "../values/lists.js";

/** Whom a patient trusts to replace a lost key, and how many of them it takes. */
export interface NewGuardiansParams {
  patient: string;
  /** The accounts of the guardians: wallets, or passkeys (`passkeys.accountOf`). */
  accounts: readonly string[];
  /** How many of them it takes: 1 to all. */
  threshold: number;
}

/**
 * What a patient's commitment to guardians is made of, as plain JSON. **Keep it, and give each guardian a copy**: the chain
 * has only the commitment, and without this nobody can recover anything. Show it to nobody else: the salt lets who has it
 * check a guess who the guardians are.
 */
export interface Guardians {
  patient: string;
  /** In the order in which they were named. */
  accounts: string[];
  threshold: number;
  /** 256 random bits. */
  salt: string;
}

const GUARDIANS_TAG = id("consentry.Guardians");
const COMMITTED = ["bytes32", "address", "tuple(address[] accounts, uint256 threshold, bytes32 salt)"];

/**
 * Makes what a commitment to guardians is made of, with a secret salt. Nothing is asked or sent: keep it first, then pass it
 * to `patients.setGuardians`.
 *
 * @returns plain JSON
 * @throws InvalidAddressError, InvalidParameterError
 * @example
 * import { newGuardians } from "@consentry/sdk";
 *
 * const guardians = newGuardians({ patient, accounts: [sister, friend, doctor], threshold: 2 });
 * await keep(JSON.stringify(guardians));
 * await consentry.patients.setGuardians({ guardians, delay: { days: 3 } });
 */
export function newGuardians(params: NewGuardiansParams): Guardians {
  onlyKeys(params, ["patient", "accounts", "threshold"]);
  return checked({ ...params, salt: newSalt() }, "");
}

/** Guardians as they were kept, checked; throws {@link InvalidParameterError}, {@link InvalidAddressError}. */
export function toGuardians(value: Guardians, path = "guardians."): Guardians {
  onlyKeys(value, ["patient", "accounts", "threshold", "salt"], path);
  return checked(value, path);
}

/** The commitment that the chain holds. */
export function commitmentTo({ patient, accounts, threshold, salt }: Guardians): string {
  const values = [GUARDIANS_TAG, patient, { accounts, threshold, salt }];
  return keccak256(AbiCoder.defaultAbiCoder().encode(COMMITTED, values));
}

type Unchecked = NewGuardiansParams & { salt: string };

function checked({ patient: given, accounts: list, threshold, salt }: Unchecked, path: string): Guardians {
  const patient = toParty(given, `${path}patient`);
  const accounts = nonEmpty(list, `${path}accounts`).map((each, i) => toParty(each, `${path}accounts[${i}]`));
  accounts.forEach((account, i) => {
    if (account === patient) throw unfit(path, i, "The patient's own key can't help to replace itself.");
    if (accounts.indexOf(account) < i) throw unfit(path, i, "Each guardian counts once.");
  });
  if (!Number.isSafeInteger(threshold) || threshold < 1 || threshold > accounts.length) {
    throw new InvalidParameterError(`${path}threshold`, `a whole number from 1 to ${accounts.length}`);
  }
  return { patient, accounts, threshold, salt: toBytes32(salt, `${path}salt`) };
}

function unfit(path: string, i: number, hint: string): InvalidParameterError {
  return new InvalidParameterError(`${path}accounts[${i}]`, "another account", hint);
}
