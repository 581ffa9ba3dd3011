import { getAddress, isAddress, ZeroAddress } from "ethers";

const ADDRESS = /^(?:ethereum:)?(0x[0-9a-fA-F]{40})(?:@\d+)?$/;

/** The address in what somebody pasted or scanned, as wallets write it (ERC-681); undefined if it is none. */
export function readAddress(text: string): string | undefined {
  const found = ADDRESS.exec(text.trim())?.[1];
  if (found === undefined || !isAddress(found)) return undefined;
  const address = getAddress(found);
  return address === ZeroAddress ? undefined : address;
}

/** An address in groups, for two people to compare. */
export function groupsOf(address: string): string {
  return address.slice(2).match(/.{4}/g)?.join(" ") ?? address;
}
