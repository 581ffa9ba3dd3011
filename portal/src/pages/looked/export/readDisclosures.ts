import type { Disclosure } from "@consentry/sdk";
import type { Chain } from "../../../chain/ChainProvider.js";
import { logOf } from "../log/useAccessLog.js";
import { breathe } from "./slices.js";

const YEARS = 6;

/**
 * The accounting of disclosures of a patient, oldest first, read in as small pieces as the audit trail is.
 *
 * @param onProgress is told how many there are so far
 */
export async function readDisclosures(
  chain: Chain,
  patient: string,
  onProgress: (count: number) => void,
): Promise<Disclosure[]> {
  const since = yearsAgo();
  const found: Disclosure[] = [];
  let cursor: string | undefined;
  for (const at of await endsSince(chain, patient, since)) {
    const pages = chain.client.audit.accountingOfDisclosures(patient, { years: YEARS, at, cursor });
    const page = await pages;
    // Six years before the block at which it is read: of an older one that is earlier.
    found.push(...page.filter(({ time }) => time >= since));
    ({ cursor } = pages);
    onProgress(found.length);
    await breathe();
  }
  return found;
}

/** The last blocks of the pieces, oldest first, in which the audit trail was read. */
async function endsSince(chain: Chain, patient: string, since: Date): Promise<number[]> {
  const log = logOf(chain, patient);
  await log.readNewer();
  const isEnough = (): boolean => {
    const { entries, isWhole } = log.snapshot();
    const oldest = entries.at(-1);
    return isWhole || (oldest !== undefined && oldest.time < since);
  };
  while (!isEnough()) await log.readOlder();
  return log
    .snapshot()
    .ranges.map(({ to }) => to)
    .reverse();
}

function yearsAgo(): Date {
  const date = new Date();
  date.setUTCFullYear(date.getUTCFullYear() - YEARS);
  return date;
}
