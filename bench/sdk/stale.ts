import type { Client, Position } from "@consentry/sdk";
import type { Chain } from "./chain.js";

const REVOCATIONS = 1_000;
const READERS = 4;

const LABS = { categories: ["LABS"], purposes: ["TREAT"], actions: ["access"], until: "2098-12-31" } as const;

/**
 * The permits that readers were given at a position at which the consent was withdrawn already: of 1,000 revocations, each
 * asked about by several readers at once, whose nodes answer from behind now and then, while others keep reading.
 */
export async function stalePermits(chain: Chain): Promise<number> {
  const patient = chain.account(3);
  const grantee = chain.account(1).address;
  const writer = await chain.clientOf(patient);
  const readers = await Promise.all(Array.from({ length: READERS }, () => chain.clientOf(chain.laggingProvider())));
  const question = { patient: patient.address, grantee, categories: ["LABS"], purpose: "TREAT" } as const;
  const permitted = async (reader: Client, atLeast?: Position) =>
    (await reader.consents.decide(question, { atLeast })).permitted;
  let stale = 0;
  let careless = 0;
  for (let i = 0; i < REVOCATIONS; i++) {
    await writer.consents.grant({ ...LABS, grantee });
    const concurrent = readers.map((reader) => permitted(reader));
    const revoked = await writer.consents.revoke({ grantee, purpose: "TREAT" });
    const withPosition = await Promise.all([writer, ...readers].map((reader) => permitted(reader, revoked)));
    const without = await Promise.all(readers.map((reader) => permitted(reader)));
    stale += withPosition.filter(Boolean).length;
    careless += without.filter(Boolean).length;
    await Promise.all(concurrent);
  }
  if (careless === 0) throw new Error("Nobody was given a stale permit without a position: the measure can't see one.");
  return stale;
}
