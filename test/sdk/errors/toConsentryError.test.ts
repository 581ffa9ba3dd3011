import {
  InsufficientFundsError,
  InvalidGranteeError,
  NetworkError,
  NonceError,
  OutOfGasError,
  RateLimitedError,
  NoSignerError,
  RpcError,
  TimeoutError,
  UnknownRevertError,
  UnreadableAnswerError,
  UserRejectedError,
} from "@consentry/sdk";
import { expect } from "chai";
import { AbiCoder, concat, Interface, makeError } from "ethers";
import { toConsentryError } from "../../../sdk/dist/errors/toConsentryError.js";

const ADDRESS = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const data = new Interface(["error InvalidGrantee(address patient, address grantee)"]).encodeErrorResult(
  "InvalidGrantee",
  [ADDRESS, ADDRESS],
);
const text = concat(["0x08c379a0", AbiCoder.defaultAbiCoder().encode(["string"], ["no luck"])]);
const panic = concat(["0x4e487b71", AbiCoder.defaultAbiCoder().encode(["uint256"], [0x11])]);

function coded(code: number | string, message = "failed", more: object = {}): Error {
  return Object.assign(new Error(message), { code, ...more });
}

/** What ethers makes of an error that a node answers to a call. */
function guessed(message: string): Error {
  const info = { error: { code: -32000, message } };
  return makeError("missing revert data", "CALL_EXCEPTION", { data: null, info } as never);
}

describe("revert data is found", () => {
  const cases: [where: string, error: unknown][] = [
    ["in a JSON-RPC error (geth, Besu)", coded(3, "execution reverted", { data })],
    ["in ethers' error of a call", makeError("reverted", "CALL_EXCEPTION", { data } as never)],
    ["in ethers' error of an estimate", makeError("x", "UNKNOWN_ERROR", { info: { error: { code: 3, data } } })],
    ["in Hardhat's object", coded(-32603, "reverted", { data: { message: "reverted", data } })],
    ["in what a wallet wrapped", coded(-32603, "Internal", { data: { originalError: { code: 3, data } } })],
    ["in a cause", new Error("outer", { cause: coded(3, "inner", { data }) })],
  ];
  for (const [where, error] of cases) {
    it(where, () => {
      const found = toConsentryError(error);
      expect(found).to.be.instanceOf(InvalidGranteeError);
      expect(found).to.deep.include({ args: { patient: ADDRESS, grantee: ADDRESS }, data, cause: error });
    });
  }

  it("but not in the transaction that was sent", () => {
    const error = makeError("x", "UNKNOWN_ERROR", { transaction: { data } });
    expect(toConsentryError(error)).to.be.instanceOf(RpcError);
  });
});

describe("a failure that is no contract's", () => {
  const cases: [what: string, error: unknown, type: abstract new (...args: never) => Error, properties?: object][] = [
    ["a text", coded(3, "x", { data: text }), UnknownRevertError, { reason: "no luck", data: text }],
    ["a panic", coded(3, "x", { data: panic }), UnknownRevertError, { reason: "panic 0x11" }],
    ["what ethers takes for a revert", guessed("header not found"), RpcError],
    ["a revert without data, through ethers", guessed("execution reverted"), UnknownRevertError, { data: "0x" }],
    [
      "an unknown selector",
      coded(3, "x", { data: "0x12345678" }),
      UnknownRevertError,
      { data: "0x12345678", reason: undefined },
    ],
    [
      "a revert without data",
      coded("CALL_EXCEPTION", "missing revert data", { data: null }),
      UnknownRevertError,
      { data: "0x" },
    ],
    ["an empty revert", coded(3, "execution reverted", { data: "0x" }), UnknownRevertError, { data: "0x" }],
    ["a text that is cut off", coded(3, "x", { data: "0x08c379a0" }), UnknownRevertError, { reason: undefined }],
    ["a rejection in the wallet (EIP-1193)", coded(4001, "User rejected the request."), UserRejectedError],
    ["a rejection, through ethers", makeError("x", "ACTION_REJECTED"), UserRejectedError],
    ["an empty account, through ethers", makeError("x", "INSUFFICIENT_FUNDS"), InsufficientFundsError],
    ["an empty account (geth)", coded(-32000, "insufficient funds for gas * price + value"), InsufficientFundsError],
    [
      "an empty account (Hardhat)",
      coded(-32000, "Sender doesn't have enough funds to send tx"),
      InsufficientFundsError,
    ],
    ["a used nonce", makeError("x", "NONCE_EXPIRED"), NonceError],
    ["a used nonce (geth)", coded(-32000, "nonce too low: next nonce 5, tx nonce 4"), NonceError],
    ["a node that is down", coded("ECONNREFUSED", "connect ECONNREFUSED 127.0.0.1:9"), NetworkError],
    ["a browser without network", new TypeError("Failed to fetch"), NetworkError],
    [
      "a provider that was destroyed",
      makeError("provider destroyed; cancelled request", "UNSUPPORTED_OPERATION"),
      NetworkError,
    ],
    ["an error of the gateway", makeError("x", "SERVER_ERROR"), NetworkError],
    ["too many requests (MetaMask)", coded(-32005, "Request is being rate limited."), RateLimitedError],
    [
      "too many requests (Alchemy)",
      coded(429, "Your app has exceeded its compute units per second capacity"),
      RateLimitedError,
    ],
    ["too many requests (EIP-1474)", coded(-32005, "limit exceeded"), RateLimitedError],
    ["too many requests (ethers)", makeError("exceeded maximum retry limit", "SERVER_ERROR"), RateLimitedError],
    ["too many results (Infura)", coded(-32005, "query returned more than 10000 results"), RpcError],
    [
      "a page in place of JSON (ethers)",
      makeError("response body is not valid JSON", "UNSUPPORTED_OPERATION"),
      UnreadableAnswerError,
    ],
    [
      "a page in place of JSON",
      new SyntaxError("Unexpected token '<', \"<html>\" is not valid JSON"),
      UnreadableAnswerError,
    ],
    ["too little gas (geth)", coded(-32000, "intrinsic gas too low"), OutOfGasError],
    ["too little gas (Hardhat)", coded(-32003, "Transaction ran out of gas"), OutOfGasError],
    ["a node that is slow", makeError("x", "TIMEOUT"), TimeoutError, { hash: undefined }],
    ["a signer that can only look", makeError("x", "UNSUPPORTED_OPERATION"), NoSignerError],
    ["a method that the node lacks", coded(-32601, "the method does not exist"), RpcError],
    ["a text that was thrown", "failed", RpcError],
    ["nothing", undefined, RpcError],
  ];
  for (const [what, error, type, properties] of cases) {
    it(`is told: ${what}`, () => {
      const told = toConsentryError(error);
      expect(told).to.be.instanceOf(type);
      expect(told.cause).to.equal(error);
      if (properties !== undefined) expect(told).to.include(properties);
    });
  }

  it("is left as it is if it is one of the SDK's", () => {
    const error = new NetworkError();
    expect(toConsentryError(error)).to.equal(error);
  });

  it("that wraps itself is no trap", () => {
    const error = coded(7, "round");
    Object.assign(error, { cause: error, error, info: error });
    expect(toConsentryError(error)).to.be.instanceOf(RpcError);
  });
});
