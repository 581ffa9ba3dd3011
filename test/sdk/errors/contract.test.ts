import { readdirSync, readFileSync } from "node:fs";
import * as sdk from "@consentry/sdk";
import { ContractError } from "@consentry/sdk";
import { expect } from "chai";
import { Interface, type ErrorFragment } from "ethers";
import { artifacts } from "hardhat";
import { toConsentryError } from "../../../sdk/dist/errors/toConsentryError.js";

/** Every error that a contract of the suite can revert with, once. */
async function allErrors(): Promise<Map<string, ErrorFragment>> {
  const interfaces = readdirSync(new URL("../../../contracts/interfaces", import.meta.url))
    .filter((file) => file.endsWith(".sol"))
    .map((file) => file.replace(".sol", ""));
  const contracts = ["AccessManager", "ProviderRegistry", "ConsentRegistry", "RecordRegistry", "AuditLog"];
  const errors = new Map<string, ErrorFragment>();
  for (const name of [...interfaces, ...contracts]) {
    const { abi } = await artifacts.readArtifact(name);
    new Interface(abi).forEachError((fragment) => errors.set(fragment.format("sighash"), fragment));
  }
  return errors;
}

/** Some value of a type, the greatest of numbers if told so. */
function sample(type: string, greatest: boolean): unknown {
  if (type === "address") return "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
  if (type === "string") return "Consentry";
  if (type.startsWith("uint")) return greatest ? (1n << BigInt(type.slice("uint".length))) - 1n : 1n;
  return `0x${"01".repeat(Number(type.replace("bytes", "")))}`;
}

function encode(fragment: ErrorFragment, greatest = false): string {
  return new Interface([fragment]).encodeErrorResult(
    fragment,
    fragment.inputs.map(({ type }) => sample(type, greatest)),
  );
}

describe("every error of the contracts", () => {
  it("has a class of its own, with its arguments, a message and a hint", async () => {
    const errors = await allErrors();
    expect(errors.size).to.be.greaterThan(50);
    for (const [signature, fragment] of errors) {
      const data = encode(fragment);
      const error = toConsentryError({ code: 3, data });
      const { args } = error as unknown as { args: object };
      expect(error, signature).to.be.instanceOf(ContractError);
      expect(error.constructor, signature).to.equal((sdk as Record<string, unknown>)[`${fragment.name}Error`]);
      expect(error).to.include({ name: `${fragment.name}Error`, code: fragment.name, data });
      expect(error.shortMessage, signature)
        .to.match(/^[^\n]{10,}\.$/)
        .and.not.match(/undefined|\[object/);
      expect(error.hint, signature).to.match(/\.$/);
      expect(Object.keys(args), signature).to.deep.equal(fragment.inputs.map(({ name }) => name));
    }
  });

  it("is told of any number that a contract can give", async () => {
    for (const [signature, fragment] of await allErrors()) {
      const error = toConsentryError({ code: 3, data: encode(fragment, true) });
      expect(error, signature).to.be.instanceOf(ContractError);
      expect(error.shortMessage, signature).to.not.match(/undefined|Invalid Date|NaN/);
    }
  });

  it("is exported, and no class stands for an error that no contract has", async () => {
    const names = new Set([...(await allErrors()).values()].map(({ name }) => `${name}Error`));
    const classes = Object.entries(sdk).filter(([, value]) => isContractErrorClass(value));
    expect(new Set(classes.map(([name]) => name))).to.deep.equal(names);
  });

  it("and no other is thrown than those of the package", () => {
    const source = new URL("../../../sdk/src/", import.meta.url);
    for (const file of readdirSync(source, { recursive: true, encoding: "utf8" })) {
      if (!file.endsWith(".ts") || file.startsWith("generated")) continue;
      expect(readFileSync(new URL(file, source), "utf8"), file).to.not.match(/throw new Error\(/);
    }
  });
});

function isContractErrorClass(value: unknown): boolean {
  return typeof value === "function" && "errorName" in value;
}
