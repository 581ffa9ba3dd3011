import type { Signer } from "ethers";
import { UserRejectedError } from "../errors/chain.js";
import { NoSignerError } from "../errors/connection.js";
import { toConsentryError } from "../errors/toConsentryError.js";
import { payloadOf } from "../signing/typedData.js";
import { toAddress } from "../values/address.js";
import { Nonces } from "./nonces.js";
import { sendBySigner, sendOnce, type SendingLimits } from "./sending.js";
import type { Transport } from "./transport.js";
import { within } from "./within.js";
import type { Eip1193Wallet, Sender } from "./types.js";

/** A signer whose account is at the node, which counts its transactions. */
interface NodeSigner extends Signer {
  sendUncheckedTransaction(transaction: object): Promise<string>;
}

/** Sends with an ethers signer, one transaction after the other, so that no two take the same nonce. */
export function senderOfSigner(signer: Signer, transport: Transport, limits: SendingLimits): Sender {
  const nonces = new Nonces(transport);
  const inTurn = takingTurns();
  return throwing(limits, {
    address: async () => toAddress(await signer.getAddress(), "signer"),
    async send(transaction) {
      if (isNodeSigner(signer)) return sendOnce(limits, () => signer.sendUncheckedTransaction(transaction));
      return inTurn(() =>
        nonces.give(transaction.from, (nonce) => sendBySigner(signer, { ...transaction, nonce }, transport, limits)),
      );
    },
    sign: ({ domain, types, message }) => signer.signTypedData(domain, types, message),
    forget: () => {
      nonces.clear();
    },
  });
}

/** Sends with a wallet after EIP-1193, which asks its user and counts transactions by itself. */
export function senderOfWallet(wallet: Eip1193Wallet, limits: SendingLimits): Sender {
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
  return throwing(limits, {
    address,
    async send({ from, to, data, gasLimit, chainId }) {
      const transaction = { from, to, data, gas: hex(gasLimit), chainId: hex(chainId) };
      return sendOnce(limits, () => wallet.request({ method: "eth_sendTransaction", params: [transaction] }));
    },
    async sign(typedData) {
      const params = [await address(), payloadOf(typedData)];
      return String(await wallet.request({ method: "eth_signTypedData_v4", params }));
    },
    forget: () => undefined,
  });
}

/** Runs actions one after the other; each ends, because each has its limit. */
function takingTurns(): <Result>(action: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (action) => {
    const turn = last.then(action);
    last = turn.catch(() => undefined);
    return turn;
  };
}

/** Every failure is a ConsentryError, and nothing that may ask a person waits for ever. Sending has limits of its own. */
function throwing({ signingTimeout }: SendingLimits, sender: Sender): Sender {
  return {
    address: () => within(signingTimeout, () => sender.address()).catch(rethrow),
    send: (transaction) => sender.send(transaction).catch(rethrow),
    sign: (typedData) => within(signingTimeout, () => sender.sign(typedData)).catch(rethrow),
    forget: () => {
      sender.forget();
    },
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
