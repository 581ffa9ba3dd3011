import type { Eip1193Wallet } from "@consentry/sdk";

/** A wallet that has announced itself: https://eips.ethereum.org/EIPS/eip-6963 */
export interface AnnouncedWallet {
  readonly info: { readonly uuid: string; readonly name: string; readonly icon: string; readonly rdns: string };
  readonly provider: Eip1193Wallet & Partial<WalletEvents>;
}

/** What a wallet tells by itself: https://eips.ethereum.org/EIPS/eip-1193 */
export interface WalletEvents {
  on: (event: "accountsChanged" | "chainChanged", listener: (value: unknown) => void) => void;
  removeListener: (event: "accountsChanged" | "chainChanged", listener: (value: unknown) => void) => void;
}

const wallets = new Map<string, AnnouncedWallet>();
const listeners = new Set<() => void>();
let found: readonly AnnouncedWallet[] = [];

function isWallet(value: unknown): value is AnnouncedWallet {
  const { info, provider } = (value ?? {}) as Partial<AnnouncedWallet>;
  return typeof info?.rdns === "string" && typeof info.name === "string" && typeof provider?.request === "function";
}

window.addEventListener("eip6963:announceProvider", (event) => {
  const { detail } = event as CustomEvent<unknown>;
  if (!isWallet(detail) || wallets.has(detail.info.rdns)) return;
  wallets.set(detail.info.rdns, detail);
  found = [...wallets.values()];
  for (const listener of listeners) listener();
});
window.dispatchEvent(new Event("eip6963:requestProvider"));

/** The wallets of this browser, as they announce themselves. */
export function announcedWallets(): readonly AnnouncedWallet[] {
  return found;
}

/** Calls the listener whenever one more announces itself; returns how to stop. */
export function onWallet(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Waits a while for a wallet of an earlier visit. */
export async function findWallet(rdns: string, patience = 1_000): Promise<AnnouncedWallet | undefined> {
  const end = Date.now() + patience;
  while (!wallets.has(rdns) && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
  return wallets.get(rdns);
}
