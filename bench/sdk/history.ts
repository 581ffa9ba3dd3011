import { pack } from "../../test/contracts/words.js";
import type { Chain } from "./chain.js";
import { grantees } from "./grantees.js";
import { interleaved } from "./interleaved.js";

const EVENTS = 10_000;
const IN_ONE_TRANSACTION = 200;
const GENERAL = `0x01${"0".repeat(62)}`;

/** The time of `history` by that of ethers' `queryFilter`, which parses, too: 10,000 events of a patient among others. */
export async function historyOverhead(chain: Chain): Promise<number> {
  const patient = chain.account(2);
  const registry = chain.registry.connect(patient);
  const grants = grantees(EVENTS).map((grantee) => ({ grantee, scope: GENERAL, terms: pack() }));
  const evidence = `0x${"1".repeat(64)}`;
  for (let first = 0; first < EVENTS; first += IN_ONE_TRANSACTION) {
    const sent = await registry.grant(patient, grants.slice(first, first + IN_ONE_TRANSACTION), evidence);
    await sent.wait();
  }
  const reader = await chain.clientOf(chain.provider);
  const filter = chain.registry.filters.ConsentGranted(patient.address);
  const { ours, theirs } = await interleaved(
    async () => expecting(EVENTS, await reader.consents.history({ patient: patient.address })),
    async () => expecting(EVENTS, await chain.registry.queryFilter(filter)),
  );
  return ours / theirs;
}

function expecting(count: number, found: readonly unknown[]): void {
  if (found.length !== count) throw new Error(`${found.length} events instead of ${count}.`);
}
