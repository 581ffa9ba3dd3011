import type { ContractTransactionReceipt } from "ethers";
import type { Suite } from "../suite.js";
import { stampOf, timeOf } from "./chain.js";
import { purposes } from "./codes.js";
import { EVIDENCE, pack, type Terms } from "./words.js";

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

export interface ContractPatient {
  address: string;
  /** Says it all in one transaction. `now` is the present of its block as a stamp. */
  run: (calls: readonly Call[]) => Promise<{ now: bigint; receipt: ContractTransactionReceipt }>;
}

/** The AccessManager as a patient whose account is a contract that makes many calls in one transaction. */
export async function contractPatient({ consents, manager, signers }: Suite): Promise<ContractPatient> {
  const [address, target] = [await manager.getAddress(), await consents.getAddress()];
  const account = manager.connect(signers.consortium);
  const run = async (calls: readonly Call[]) => {
    const encoded = calls.map((call) => {
      const [name, args] = encode(address, call);
      const data = consents.interface.encodeFunctionData(name as "grant", args as never);
      return manager.interface.encodeFunctionData("execute", [target, data]);
    });
    const sent = await account.multicall(encoded, { gasLimit: 55_000_000 });
    const receipt = (await sent.wait())!;
    return { now: stampOf(await timeOf(receipt)), receipt };
  };
  return { address, run };
}
