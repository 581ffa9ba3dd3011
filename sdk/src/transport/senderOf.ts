import type { Signer } from "ethers";
import { UserRejectedError } from "../errors/chain.js";
import { NoSignerError } from "../errors/connection.js";
import { toConsentryError } from "../errors/toConsentryError.js";
import { payloadOf } from "../signing/typedData.js";
import { toAddress } from "../values/address.js";
import type { Transport } from "./transport.js";
import type { Eip1193Wallet, Sender } from "./types.js";

/** A signer whose account is at the node, which counts its transactions. */
interface NodeSigner extends Signer {
  sendUncheckedTransaction(transaction: object): Promise<string>;
}

/** Sends with an ethers signer, one transaction after the other. */
export function senderOfSigner(signer: Signer, transport: Transport): Sender {
  return inTurn({
    address: async () => toAddress(await signer.getAddress(), "signer"),
    async send(transaction) {
      if (isNodeSigner(signer)) return signer.sendUncheckedTransaction(transaction);
      // Asked here, because ethers would take the count from its cache and use it twice.
      const nonce = await transport.nonce(transaction.from);
      return (await signer.sendTransaction({ ...transaction, nonce })).hash;
    },
    sign: ({ domain, types, message }) => signer.signTypedData(domain, types, message),
  });
}

/** Sends with a wallet after EIP-1193, which asks its user. */
export function senderOfWallet(wallet: Eip1193Wallet): Sender {
  const address = async (): Promise<string> => {
    const accounts = await wallet.request({ method: "eth_requestAccounts" }).catch((error: unknown) => {
      if (toConsentryError(error) instanceof UserRejectedError) throw error;
      // A node that speaks EIP-1193 has accounts, but nobody to ask.
      return wallet.request({ method: "eth_accounts" });
    });
    const first: unknown = Array.isArray(accounts) ? accounts[0] : undefined;
    if (first === undefined) throw new NoSignerError();
    return toAddress(first, "wallet");
  };
  return inTurn({
    address,
    async send({ from, to, data, gasLimit, chainId }) {
      const transaction = { from, to, data, gas: hex(gasLimit), chainId: hex(chainId) };
      return String(await wallet.request({ method: "eth_sendTransaction", params: [transaction] }));
    },
    async sign(typedData) {
      const params = [await address(), payloadOf(typedData)];
      return String(await wallet.request({ method: "eth_signTypedData_v4", params }));
    },
  });
}

/** One after the other, so that no two take the same nonce; every failure is a ConsentryError. */
function inTurn(sender: Sender): Sender {
  let last: Promise<unknown> = Promise.resolve();
  return {
    address: () => sender.address().catch(rethrow),
    send(transaction) {
      const turn = last.then(() => sender.send(transaction));
      last = turn.catch(() => undefined);
      return turn.catch(rethrow);
    },
    sign: (typedData) => sender.sign(typedData).catch(rethrow),
  };
}

function hex(number: number | bigint): string {
  return `0x${number.toString(16)}`;
}

function rethrow(error: unknown): never {
  throw toConsentryError(error);
}

function isNodeSigner(signer: Signer): signer is NodeSigner {
  return "sendUncheckedTransaction" in signer;
}
