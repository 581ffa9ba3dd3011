/** Who is listed, and how: from storage by the SDK, and from all that was ever said about each provider. */
import type { ListedProvider } from "@consentry/sdk";
import { lookupOf } from "@consentry/sdk/lookup";
import { ZeroAddress, ZeroHash } from "ethers";
import { abilitiesFromBits, KINDS } from "../../../sdk/src/providers/names.js";
import { endOf } from "../../../sdk/src/values/dates.js";
import { type Check, compare, type Found } from "../check.js";
import { eventsOf } from "../contracts.js";
import type { Told } from "../walk.js";
import type { Source } from "./source.js";

type Entry = Omit<ListedProvider, "active">;

export async function checkDirectory(source: Source): Promise<Check> {
  const claim = "The directory in storage follows from all that was said about each provider.";
  return compare(claim, await inStorage(source), fromEvents(source));
}

async function inStorage({ client }: Source): Promise<Found> {
  const providers = await lookupOf(client).providers();
  // Whether one is active depends on the time.
  return new Map(providers.map(({ active: _, ...entry }) => [entry.provider, entry]));
}

function fromEvents({ walked, deployment }: Source): Found {
  const entries = new Map<string, Entry>();
  const accreditors = new Map<number, string>();
  for (const { name, args } of eventsOf(walked, deployment, "ProviderRegistry")) {
    if (name === "AccreditorAppointed") accreditors.set(Number(args["accreditor"]), args["account"] as string);
    const provider = args["provider"] as string | undefined;
    if (provider === undefined) continue;
    const changed = changedBy(name, args);
    if (changed !== undefined) entries.set(provider, { ...entries.get(provider), ...changed, provider } as Entry);
  }
  for (const { accreditor } of entries.values()) {
    const account = accreditors.get(accreditor.id);
    accreditor.account = account === ZeroAddress ? undefined : account;
  }
  return entries;
}

function changedBy(event: string, args: Told["args"]): Partial<Entry> | undefined {
  const { name, endpoint } = args as { name: string; endpoint: string };
  const capabilities = () => abilitiesFromBits(args["capabilities"] as bigint) as Entry["capabilities"];
  const until = () => endOf(args["expiresAt"] as bigint);
  switch (event) {
    case "ProviderRegistered": {
      const kind = KINDS[Number(args["kind"])] ?? "organization";
      const accreditor = { id: Number(args["accreditor"]), account: undefined };
      const listed = { name, endpoint, kind, accreditor, capabilities: capabilities(), until: until() };
      return { ...listed, standing: "active", encryptionKey: undefined };
    }
    case "ProviderRenewed":
      return { until: until() };
    case "ProviderSuspended":
      return { standing: "suspended" };
    case "ProviderRevoked":
      return { standing: "revoked" };
    case "ProviderReinstated":
      return { standing: "active" };
    case "CapabilitiesChanged":
      return { capabilities: capabilities() };
    case "EntryChanged":
      return { name, endpoint };
    case "EncryptionKeyChanged":
      return { encryptionKey: args["key"] === ZeroHash ? undefined : (args["key"] as string) };
    default:
      return undefined;
  }
}
