import { type Client, NoSignerError, type StatementSigner } from "@consentry/sdk";
import type { Key } from "./keys.js";
import { type AnnouncedWallet, findWallet } from "./wallets.js";
import { accountOfWallet, walletSigner } from "./walletSigner.js";

/** Who is here, and how they sign. */
export interface OpenKey {
  readonly key: Key;
  readonly account: string;
  readonly by: StatementSigner;
  /** Of a passkey there is none. */
  readonly wallet: AnnouncedWallet | undefined;
}

/** Asks a wallet for an account; its user chooses. */
export async function openWallet(client: Client, wallet: AnnouncedWallet): Promise<OpenKey> {
  const { rdns, name } = wallet.info;
  const account = await accountOfWallet(wallet.provider);
  return ofWallet(client, wallet, { kind: "wallet", rdns, name, account });
}

/** Opens a key of an earlier visit, without asking anybody; throws NoSignerError if the wallet has closed the account. */
export async function reopen(client: Client, key: Key): Promise<OpenKey> {
  if (key.kind === "passkey") {
    const { passkeys } = client;
    return { key, account: passkeys.accountOf(key.passkey), by: passkeys.signer(key.passkey), wallet: undefined };
  }
  const wallet = await findWallet(key.rdns);
  if (wallet === undefined) throw new NoSignerError();
  const account = await accountOfWallet(wallet.provider, "eth_accounts");
  if (account !== key.account) throw new NoSignerError();
  return ofWallet(client, wallet, key);
}

function ofWallet(client: Client, wallet: AnnouncedWallet, key: Key & { kind: "wallet" }): OpenKey {
  const { account } = key;
  return { key, account, by: walletSigner(wallet.provider, account, client.chainId), wallet };
}
