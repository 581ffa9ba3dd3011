import { Contract, id, Wallet } from "ethers";
import type { PoaChain } from "../../scripts/poa/chain.js";
import { rateOf, type Writer, writerAt } from "./writers.js";

const SAMPLES = 11;
const ANCHOR = ["function anchor(address custodian, uint64 firstEntry, uint32 count, bytes32 root)"];

const labs = (grantee = Wallet.createRandom().address) =>
  ({ grantee, categories: ["LABS"], purposes: ["TREAT"], actions: ["access"], until: "2098-12-31" }) as const;

export function grants(chain: PoaChain): Promise<number> {
  return rateOf(chain, ({ consentry }) => consentry.consents.grant(labs()));
}

/** Each signs, and somebody else delivers it. */
export async function grantsBySignature(chain: PoaChain): Promise<number> {
  const patients = new Map<Writer, Promise<Writer>>();
  const patientOf = (writer: Writer) => {
    const patient = patients.get(writer) ?? writerAt(chain, 0);
    patients.set(writer, patient);
    return patient;
  };
  return rateOf(chain, async (writer) => {
    const { consentry } = await patientOf(writer);
    return writer.consentry.relay.submit(await consentry.consents.grant.sign(labs()));
  });
}

/** Batches of a thousand entries. */
export function anchors(chain: PoaChain): Promise<number> {
  const { address } = chain.deployment.contracts.AuditLog;
  return rateOf(chain, async ({ wallet, consentry }, turn) => {
    const anchor = new Contract(address, ANCHOR, wallet).getFunction("anchor");
    const { hash } = await anchor.send(wallet.address, turn * 1000, 1000, id("root"));
    return consentry.wait(hash);
  });
}

/** The median of the seconds from a call of `grant` to its end, where nothing else is written. */
export async function finality(chain: PoaChain): Promise<number> {
  const { consentry } = await writerAt(chain, 0);
  const times: number[] = [];
  for (let i = 0; i < SAMPLES; i++) {
    const begun = performance.now();
    await consentry.consents.grant(labs());
    times.push(performance.now() - begun);
  }
  return (times.sort((a, b) => a - b)[Math.floor(SAMPLES / 2)] ?? NaN) / 1000;
}
