import type { ContractTransactionReceipt, Interface } from "ethers";
import type { Suite } from "../suite.js";
import { ethers, stampOf, timeOf } from "./chain.js";
import { purposes } from "./codes.js";
import { EVIDENCE, pack, type Terms, UNTIL_REVOKED } from "./words.js";

/** What a patient says. */
export type Call =
  readonly ["grant" | "revoke", grantee: string, scope: string, changes?: Partial<Terms>] | readonly ["revokeAll"];

/** The function and the arguments of a call for a patient; a grant is one of treatment unless it says otherwise, so that it
 * fits any scope. */
export function encode(patient: string, [verb, grantee, scope, changes]: Call) {
  if (verb === "revokeAll") return [verb, [patient]] as const;
  if (verb === "revoke") return [verb, [patient, [{ grantee, scope }]]] as const;
  const terms = pack({ purposes: purposes("TREAT"), ...changes });
  return [verb, [patient, [{ grantee, scope, terms }], EVIDENCE]] as const;
}

/** A function of the registry, and its arguments. */
export interface Encodable {
  name: string;
  args: readonly unknown[];
}

export interface ContractPatient {
  address: string;
  /** Says it all in one transaction. `now` is the present of its block as a stamp. */
  run: (calls: readonly Call[]) => Promise<{ now: bigint; receipt: ContractTransactionReceipt }>;
}

/** The AccessManager as a patient whose account is a contract that makes many calls in one transaction. */
export async function contractPatient(suite: Suite): Promise<ContractPatient> {
  const address = await suite.manager.getAddress();
  const account = suite.manager.connect(suite.signers.consortium);
  const execution = await encoderOf(suite);
  const run = async (calls: readonly Call[]) => {
    const encoded = calls.map((call) => encode(address, call)).map(([name, args]) => execution({ name, args }));
    const sent = await account.multicall(encoded, { gasLimit: 55_000_000 });
    const receipt = (await sent.wait())!;
    return { now: stampOf(await timeOf(receipt)), receipt };
  };
  return { address, run };
}

/** Encodes calls of the AccessManager's to the registry. */
async function encoderOf({ consents, manager }: Suite) {
  const target = await consents.getAddress();
  const abi: Interface = consents.interface;
  return ({ name, args }: Encodable) =>
    manager.interface.encodeFunctionData("execute", [target, abi.encodeFunctionData(name, args)]);
}

/** Sends many calls of the AccessManager's in one transaction, fast. */
export async function batcherOf(suite: Suite) {
  const { manager, signers } = suite;
  const [from, to, gas] = [signers.consortium.address, await manager.getAddress(), "0x3000000"];
  const encode = await encoderOf(suite);
  /** Returns the hash of the transaction. */
  const send = async (encoded: readonly string[]) => {
    const data = manager.interface.encodeFunctionData("multicall", [[...encoded]]);
    return (await ethers.provider.send("eth_sendTransaction", [{ from, to, gas, data }])) as string;
  };
  return { encode, send };
}

/** The AccessManager as a patient's representative, so that a patient who signs can also say much in one transaction. */
export async function representative({ consents, manager, signers: { patient } }: Suite): Promise<void> {
  await consents.connect(patient).appointRepresentative(patient, manager, 0n, UNTIL_REVOKED);
}

/** Reads words fast. */
export async function readerOf({ consents }: Suite, patient: string) {
  const to = await consents.getAddress();
  const abi: Interface = consents.interface;
  const ask = async (name: string, args: readonly string[]) => {
    const data = abi.encodeFunctionData(name, args);
    return BigInt((await ethers.provider.send("eth_call", [{ to, data }, "latest"])) as string);
  };
  return {
    word: (holder: string, scope: string) => ask("termsOf", [patient, holder, scope]),
    voidBefore: () => ask("voidBeforeOf", [patient]),
  };
}
