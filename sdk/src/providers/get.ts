import { ZeroAddress, ZeroHash } from "ethers";
import type { Context } from "../context.js";
import { blockOf } from "../reads/blockOf.js";
import type { ReadOptions } from "../reads/options.js";
import { atBlock } from "../transport/blocks.js";
import type { Head } from "../transport/types.js";
import { toParty } from "../values/address.js";
import { type End, endOf } from "../values/dates.js";
import { abilitiesFromBits, type Capability, KINDS, type ProviderKind, type Standing, STANDINGS } from "./names.js";

/** A provider in the directory. */
export interface ListedProvider {
  provider: string;
  /** Where it stands with its accreditor; an accreditation may also have ended, see `active`. */
  standing: Exclude<Standing, "unlisted">;
  /** Whether decisions take it as active, at the newest block. */
  active: boolean;
  name: string;
  /** Base URL of its FHIR server; empty if it has none. */
  endpoint: string;
  kind: ProviderKind;
  capabilities: Capability[];
  /** Who answers for it; no account if nobody stands behind the id. */
  accreditor: { id: number; account: string | undefined };
  /** When the accreditation ends. */
  until: End;
  /** The public key for which records are encrypted: X25519, 32 bytes as hex; undefined if none is published. */
  encryptionKey: string | undefined;
}

/** An address that the directory doesn't know. */
export interface UnlistedProvider {
  provider: string;
  standing: "unlisted";
  active: false;
}

/** From this number on the contract's Profile says active. */
const ACTIVE = 2n;

/**
 * Looks a provider up in the directory.
 *
 * @param provider its address
 * @param options at which block; the newest if left out
 * @returns the entry, or `standing: "unlisted"`
 * @throws InvalidAddressError
 * @example
 * const provider = await consentry.providers.get(address);
 * if (provider.active) console.log(provider.name); // "General Hospital"
 */
export async function get(
  context: Context,
  provider: string,
  options?: ReadOptions,
): Promise<ListedProvider | UnlistedProvider> {
  const address = toParty(provider, "provider");
  return providerAt(context, address, await blockOf(context, options));
}

/** The entry of a provider at a block. */
export async function providerAt(
  { providers }: Context,
  address: string,
  block: Head,
): Promise<ListedProvider | UnlistedProvider> {
  const at = atBlock(block);
  const [entry, profile, [name, endpoint], key] = await Promise.all([
    providers.providerOf(address, at),
    providers.profileOf(address, at),
    providers.entryOf(address, at),
    providers.encryptionKeyOf(address, at),
  ]);
  const standing = STANDINGS[Number(entry.standing)] ?? "unlisted";
  if (standing === "unlisted") return { provider: address, standing, active: false };
  const account = await providers.accountOf(entry.accreditor, at);
  return {
    provider: address,
    standing,
    active: profile >= ACTIVE,
    name,
    endpoint,
    kind: KINDS[Number(entry.kind)] ?? "organization",
    capabilities: abilitiesFromBits(entry.capabilities) as Capability[],
    accreditor: { id: Number(entry.accreditor), account: account === ZeroAddress ? undefined : account },
    until: endOf(entry.expiresAt),
    encryptionKey: key === ZeroHash ? undefined : key,
  };
}
