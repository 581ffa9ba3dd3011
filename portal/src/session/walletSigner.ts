import {
  type Deployment,
  type Eip1193Wallet,
  NoSignerError,
  type StatementSigner,
  UserRejectedError,
  WrongChainError,
} from "@consentry/sdk";
import { getAddress, isHexString, TypedDataEncoder } from "ethers";

/** Asks a wallet, and tells a refusal of its user from all else. */
export async function ask(wallet: Eip1193Wallet, method: string, params: unknown[] = []): Promise<unknown> {
  try {
    return await wallet.request({ method, params });
  } catch (error) {
    // https://eips.ethereum.org/EIPS/eip-1193#provider-errors
    if ((error as { code?: unknown } | null)?.code === 4001) throw new UserRejectedError(error);
    throw error;
  }
}

/** The account that the wallet opens to this page; `eth_accounts` asks nobody. */
export async function accountOfWallet(wallet: Eip1193Wallet, method = "eth_requestAccounts"): Promise<string> {
  const accounts = await ask(wallet, method);
  const first: unknown = Array.isArray(accounts) ? accounts[0] : undefined;
  if (!isHexString(first, 20)) throw new NoSignerError();
  // Wallets write checksums of their own (EIP-1191), or none.
  return getAddress(first.toLowerCase());
}

/** Throws {@link WrongChainError} if the wallet is on another chain than the page. */
export async function requireChain(wallet: Eip1193Wallet, expected: number): Promise<void> {
  const actual = Number(await ask(wallet, "eth_chainId"));
  if (actual !== expected) throw new WrongChainError(expected, actual);
}

/** Asks the wallet to change to the chain of the page, and tells it about the chain if it doesn't know it. */
export async function switchChain(
  wallet: Eip1193Wallet,
  { chainId, network }: Deployment,
  rpcUrl: string,
): Promise<void> {
  const id = `0x${chainId.toString(16)}`;
  try {
    await ask(wallet, "wallet_switchEthereumChain", [{ chainId: id }]);
  } catch (error) {
    if ((error as { code?: unknown } | null)?.code !== 4902) throw error;
    const nativeCurrency = { name: "Ether", symbol: "ETH", decimals: 18 };
    await ask(wallet, "wallet_addEthereumChain", [
      { chainId: id, chainName: `Consentry ${network}`, rpcUrls: [rpcUrl], nativeCurrency },
    ]);
  }
}

/** Signs statements with an account of a wallet. */
export function walletSigner(wallet: Eip1193Wallet, account: string, chainId: number): StatementSigner {
  return {
    signer: () => Promise.resolve(account),
    async sign({ domain, types, message }) {
      await requireChain(wallet, chainId);
      const payload: unknown = TypedDataEncoder.getPayload(domain, types, message);
      return String(await ask(wallet, "eth_signTypedData_v4", [account, JSON.stringify(payload)]));
    },
  };
}
